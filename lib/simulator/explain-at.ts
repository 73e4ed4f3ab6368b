import type { ReasonCode } from '../../lambdas/contract/reasons.ts';
import type { Mode } from '../../lambdas/contract/settings.ts';
import type { Diagnosis } from '../../lambdas/model/diagnosis.ts';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Proposal, Rung } from '../../lambdas/model/proposal.ts';
import type { Signal } from '../../lambdas/model/signal.ts';
import type { Ruling } from '../../lambdas/model/verdict.ts';
import { diagnose } from '../../lambdas/pipeline/diagnose/diagnose.ts';
import { ladder } from '../../lambdas/pipeline/follow-rung.ts';
import { Lap } from '../../lambdas/pipeline/lap.ts';
import { type Observation, observe } from '../../lambdas/pipeline/observe.ts';
import { nextRung } from '../../lambdas/pipeline/plan/plan.ts';
import { evolve } from '../../lambdas/pipeline/record/evolve.ts';
import { toolkit } from '../../lambdas/pipeline/toolkit.ts';
import { ruleOn } from '../../lambdas/pipeline/treat.ts';
import type { Scenario } from './scenario.ts';
import { Play } from './simulate.ts';

/** What one guardrail says of one act. */
export type ExplainedVerdict = {
  readonly action: string;
  readonly guardrail: string;
  readonly verdict: 'allow' | 'hold' | 'deny';
  readonly reason: ReasonCode | null;
  readonly says: string;
};

/** One act: what it would be done to, why, and whether it would really be done. */
export type ExplainedAction = {
  readonly kind: string;
  readonly subject: string | null;
  readonly rationale: string;
  readonly verdict: 'allow' | 'hold' | 'deny';
  /** Why it would not be done; null when it would. */
  readonly reason: ReasonCode | null;
  readonly enforced: boolean;
  /** The open incident has decided on it before; false for what would come next. */
  readonly decided: boolean;
};

/** What Paramedic sees in a simulated account at one moment, and what it would do next. */
export type Explained = {
  /** The incident of the service that is open then; null when there is none. */
  readonly incident: string | null;
  readonly mode: Mode;
  readonly diagnosis: Diagnosis;
  readonly verdicts: readonly ExplainedVerdict[];
  /** Acts in the order they would be done, those the open incident has decided on already included. */
  readonly actions: readonly ExplainedAction[];
};

/**
 * Plays a scenario up to `at` (ms after its start) with Paramedic in it, and asks what a signal that comes then would lead
 * to. Nothing is done. `undefined` when the signal's service is not in the scenario.
 */
export async function explainAt(
  scenario: Scenario,
  seed: number,
  at: number,
  signal: Signal,
): Promise<Explained | undefined> {
  const settings = scenario.services.find(({ id }) => id === signal.service)?.settings;
  if (settings === undefined) return undefined;
  const play = new Play(scenario, { seed });
  await play.until(at);
  const open = await openIncident(play, signal.service);
  const incident = open ?? newIncident(signal, play.startedAt + at);
  const looking = observe(play.installation.recoverPorts(), incident, settings);
  const seen = withSignal(await whileTimePasses(play, at, looking), incident, signal);
  const lap = new Lap(1, incident, seen.state.settings ?? settings, seen, toolkit);
  return { incident: open?.id ?? null, mode: lap.settings.mode, ...decisions(lap) };
}

async function openIncident(play: Play, service: string): Promise<Incident | undefined> {
  const { ledger } = play.installation;
  const listed = await ledger.incidents(service, 0);
  const open = listed.find(({ closedAt }) => closedAt === null);
  return open === undefined ? undefined : ledger.incident(open.id);
}

const newIncident = ({ service }: Signal, openedAt: number): Incident => ({
  id: 'the-one-in-question',
  service,
  openedAt,
  fence: 1,
  status: 'starting',
});

/** Looking takes time, and in a simulated account time only passes when it is told to. */
async function whileTimePasses<T>(play: Play, from: number, result: Promise<T>): Promise<T> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  result.then(end, end);
  for (let at = from; !over && at < from + 120_000; at += 250) await play.until(at);
  return result;
}

function withSignal(seen: Observation, incident: Incident, signal: Signal): Observation {
  const { id, service } = incident;
  const entry: LedgerEntry = {
    kind: 'SignalReceived',
    id: signal.id,
    incident: id,
    service,
    at: seen.standing.at,
    signal,
  };
  const entries = [...seen.entries, entry];
  // The event is explained as if it came at this moment, whatever moment it was recorded at.
  const now: LedgerEntry = { ...entry, signal: { ...signal, at: seen.standing.at } };
  return { ...seen, entries, state: evolve(seen.state, now) };
}

/** The open incident's diagnosis and acts stand; without any, a new look decides. */
function decisions(lap: Lap): Pick<Explained, 'diagnosis' | 'verdicts' | 'actions'> {
  const { settings, seen, state } = lap;
  const before = lap.entries.flatMap(ruledOn);
  const diagnosis =
    before.length > 0 && state.diagnosis !== null
      ? state.diagnosis
      : diagnose({ settings, ...seen, signals: state.signals }, lap.toolkit.hypotheses);
  const rungs = ladder(lap, diagnosis);
  const begun = rungs.find(({ key }) => key === state.attempts.at(-1)?.order.rung);
  const { rung = begun, skipped } = nextRung(begun === undefined ? rungs : [], state.triedRungs);
  const known = new Set<string>(before.map(({ proposal }) => proposal.kind));
  const acts = rung?.acts ?? skipped;
  const next = acts.filter((act) => !known.has(act.kind === 'not-applicable' ? act.action : act.kind));
  const ruled = next.flatMap((act) => (act.kind === 'not-applicable' ? [] : [ruling(lap, act, rung)]));
  return {
    diagnosis,
    verdicts: [...before, ...ruled].flatMap(verdictsOn),
    actions: [
      ...before.map((each) => actionOf(each, true)),
      ...ruled.map((each) => actionOf(each, false)),
      ...next.flatMap((act) => (act.kind === 'not-applicable' ? [inapplicable(act)] : [])),
    ],
  };
}

type Ruled = { readonly proposal: Proposal; readonly ruling: Ruling };

const ruling = (lap: Lap, proposal: Proposal, rung: Rung | undefined): Ruled => ({
  proposal,
  ruling: ruleOn(lap, proposal, rung?.key ?? '', null),
});

function ruledOn(entry: LedgerEntry): readonly Ruled[] {
  switch (entry.kind) {
    case 'ActionStarted':
      return entry.order.undoes === null ? [{ proposal: entry.order.proposal, ruling: entry.ruling }] : [];
    case 'ApprovalRequested':
      return entry.request.proposals.map((proposal) => ({ proposal, ruling: { ...entry.ruling, bite: 'ask' } }));
    case 'ActionDenied':
    case 'ActionHeld':
    case 'ActionWithheld':
      return [{ proposal: entry.proposal, ruling: entry.ruling }];
    default:
      return [];
  }
}

const verdictsOn = ({ proposal, ruling }: Ruled): readonly ExplainedVerdict[] =>
  ruling.findings.map(({ guardrail, verdict }) => ({
    action: proposal.kind,
    guardrail,
    verdict: verdict.kind,
    reason: verdict.kind === 'allow' ? null : verdict.reason,
    says: verdict.kind === 'allow' ? '' : verdict.says,
  }));

/** Why what is allowed is not done all the same. */
const notDoneFor: Readonly<Record<Ruling['bite'], (why: ReasonCode | undefined) => ReasonCode | null>> = {
  enforce: () => null,
  ask: () => 'approval.missing',
  withhold: (why = 'mode.observe') => why,
};

function actionOf({ proposal, ruling: { verdict, bite, withheldFor } }: Ruled, decided: boolean): ExplainedAction {
  const allowed = verdict.kind === 'allow';
  return {
    kind: proposal.kind,
    subject: proposal.subjectName,
    rationale: proposal.rationale,
    verdict: verdict.kind,
    reason: allowed ? notDoneFor[bite](withheldFor) : verdict.reason,
    enforced: allowed && bite === 'enforce',
    decided,
  };
}

type Inapplicable = Extract<Rung['acts'][number], { kind: 'not-applicable' }>;

const inapplicable = ({ action, reason, because }: Inapplicable): ExplainedAction => ({
  kind: action,
  subject: null,
  rationale: because,
  verdict: 'deny',
  reason,
  enforced: false,
  decided: false,
});
