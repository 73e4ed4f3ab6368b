import type { IncidentState } from '../../model/incident-state.ts';
import type { LedgerEntry } from '../../model/ledger-entry.ts';
import type { Signal } from '../../model/signal.ts';
import { begin, check, complete } from './attempts.ts';
import { answer, ask } from './requests.ts';

/** An incident of which nothing is known yet. */
export const initial: IncidentState = {
  settings: null,
  diagnosis: null,
  diagnosedAt: null,
  signals: [],
  signalsSeen: 0,
  attempts: [],
  requests: [],
  triedRungs: [],
  outcome: null,
  undo: null,
};

/** The state after one more entry. */
export function evolve(state: IncidentState, entry: LedgerEntry): IncidentState {
  switch (entry.kind) {
    case 'IncidentOpened':
      return { ...state, settings: entry.settings };
    case 'SignalReceived':
      return { ...state, signals: newest(state.signals, entry.signal), signalsSeen: state.signalsSeen + 1 };
    case 'DiagnosisMade':
      return { ...state, diagnosis: entry.diagnosis, diagnosedAt: entry.at };
    case 'ApprovalRequested':
      return { ...state, requests: ask(state.requests, entry.request, entry.ruling) };
    case 'ApprovalGiven':
    case 'ApprovalRejected':
    case 'ApprovalVoided':
      return { ...state, requests: answer(state.requests, entry) };
    case 'ActionStarted':
      return { ...state, attempts: begin(state.attempts, entry.order, entry.at) };
    case 'ActionCompleted':
      return { ...state, attempts: complete(state.attempts, entry.orderId, entry.result, entry.at) };
    case 'CheckMade':
      return { ...state, attempts: check(state.attempts, entry.orderId, entry.check) };
    case 'RungTried':
      return state.triedRungs.includes(entry.rung)
        ? state
        : { ...state, triedRungs: [...state.triedRungs, entry.rung] };
    case 'RecoveryConfirmed':
      return { ...state, outcome: state.outcome ?? 'recovered' };
    case 'HandedOver':
      return { ...state, outcome: state.outcome ?? 'handed-over' };
    case 'UndoRequested': {
      const { by, why, of, orders } = entry;
      return { ...state, undo: state.undo ?? { by, why, of, orders } };
    }
    case 'ActionDenied':
    case 'ActionHeld':
    case 'ActionWithheld':
    case 'ReleaseCondemned':
    case 'ServiceReleased':
    case 'TasksOutside':
    case 'SignalIgnored':
      return state;
  }
}

/** The state after all entries of one incident. An entry that comes twice counts once, where it came first. */
export function fold(entries: readonly LedgerEntry[]): IncidentState {
  const seen = new Set<string>();
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id)).reduce(evolve, initial);
}

/** The newest signal of each alarm: one that was overtaken on its way changes nothing. */
function newest(signals: readonly Signal[], signal: Signal): readonly Signal[] {
  const known = signals.find((s) => s.alarm === signal.alarm);
  if (known === undefined) return [...signals, signal];
  return known.at > signal.at ? signals : signals.map((s) => (s === known ? signal : s));
}
