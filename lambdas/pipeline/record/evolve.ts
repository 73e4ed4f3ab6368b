import type { IncidentState } from '../../model/incident-state.ts';
import type { EntryOf, LedgerEntry } from '../../model/ledger-entry.ts';
import type { Signal } from '../../model/signal.ts';
import { begin, check, complete } from './attempts.ts';

/** An incident of which nothing is known yet. */
export const initial: IncidentState = {
  settings: null,
  diagnosis: null,
  diagnosedAt: null,
  signals: [],
  signalsSeen: 0,
  attempts: [],
  triedRungs: [],
  heldSince: null,
  outcome: null,
};

/** The state after one more entry. */
export function evolve(state: IncidentState, entry: LedgerEntry): IncidentState {
  switch (entry.kind) {
    case 'IncidentOpened':
      return { ...state, settings: entry.settings };
    case 'SignalReceived':
      return { ...state, signals: newest(state.signals, entry.signal), signalsSeen: state.signalsSeen + 1 };
    case 'DiagnosisMade':
      return diagnosed(state, entry);
    case 'ActionHeld':
      return { ...state, heldSince: state.heldSince ?? entry.at };
    case 'ActionDenied':
    case 'ActionWithheld':
      return { ...state, heldSince: null };
    case 'ActionStarted':
      return { ...state, attempts: begin(state.attempts, entry.order, entry.at) };
    case 'ActionCompleted':
      return completed(state, entry);
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
    case 'ReleaseCondemned':
    case 'ServiceReleased':
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

/** A hold was on what the last diagnosis proposed; another diagnosis proposes something else. */
function diagnosed(state: IncidentState, { diagnosis, at }: EntryOf<'DiagnosisMade'>): IncidentState {
  const heldSince = state.diagnosis?.kind === diagnosis.kind ? state.heldSince : null;
  return { ...state, diagnosis, diagnosedAt: at, heldSince };
}

/** An order refused at the last moment was held too: a service whose orders are always refused must not be tried for ever. */
function completed(state: IncidentState, { orderId, result, at }: EntryOf<'ActionCompleted'>): IncidentState {
  const heldSince = result.kind === 'refused' ? (state.heldSince ?? at) : null;
  return { ...state, attempts: complete(state.attempts, orderId, result, at), heldSince };
}
