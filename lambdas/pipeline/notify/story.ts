import type { ServiceSettings } from '../../contract/settings.ts';
import type { Instant } from '../../contract/time.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Incident } from '../../model/incident.ts';
import type { Attempt, IncidentState } from '../../model/incident-state.ts';
import type { EntryOf, LedgerEntry } from '../../model/ledger-entry.ts';
import type { Order } from '../../model/order.ts';
import type { Signal } from '../../model/signal.ts';

/** What a message may tell of: the incident so far, with nothing told twice. */
export type Told = {
  readonly incident: Incident;
  readonly settings: ServiceSettings;
  /** When the trouble began, as far as it is known. */
  readonly began: Instant;
  /** The newest diagnosis that names a cause, or the newest of all. */
  readonly diagnosis: Diagnosis | null;
  /** The newest signal of each alarm. */
  readonly signals: readonly Signal[];
  readonly attempts: readonly Attempt[];
  /** What a person may have taken back, newest first. */
  readonly undoable: readonly Order[];
  /** The address of the API through which people ask. */
  readonly operatorApi: string;
  /** What would have been done, but for the mode. */
  readonly withheld: readonly EntryOf<'ActionWithheld'>[];
  /** What was denied or held, with the guardrail's figures; once for each proposal and reason, the newest words. */
  readonly stopped: readonly string[];
  /** What the check of an order said, by the order's id. */
  readonly checks: ReadonlyMap<string, EntryOf<'CheckMade'>>;
};

/** Collects what is to be told from the incident's entries, oldest first, and their fold. */
export function tellable(
  story: readonly LedgerEntry[],
  context: Pick<Told, 'incident' | 'settings' | 'undoable' | 'operatorApi'> & { readonly state: IncidentState },
): Told {
  const { incident, state, settings, undoable, operatorApi } = context;
  return {
    incident,
    settings,
    operatorApi,
    began: beginning(story, incident, state),
    diagnosis: mostTelling(story, state),
    signals: state.signals,
    attempts: state.attempts,
    undoable,
    withheld: onlyKind(story, 'ActionWithheld'),
    stopped: stoppedOnes(story),
    checks: new Map(onlyKind(story, 'CheckMade').map((entry) => [entry.orderId, entry])),
  };
}

export const onlyKind = <K extends LedgerEntry['kind']>(
  story: readonly LedgerEntry[],
  kind: K,
): readonly EntryOf<K>[] => story.filter((entry): entry is EntryOf<K> => entry.kind === kind);

/** Metrics tell of trouble from before the alarm; without them it is the first signal. */
function beginning(story: readonly LedgerEntry[], { openedAt }: Incident, { signals }: IncidentState): Instant {
  const evidence = onlyKind(story, 'DiagnosisMade').flatMap(({ diagnosis }) => diagnosis.because);
  const known = evidence.flatMap((each) => (each.kind === 'TroubleBegan' ? [each.began] : []));
  const firing = signals.filter(({ state }) => state === 'firing').map(({ at }) => at);
  return Math.min(openedAt, ...firing, ...known);
}

/** Once a cause was treated, later looks find nothing wrong any more: the cause that was found is the one to tell. */
function mostTelling(story: readonly LedgerEntry[], { diagnosis }: IncidentState): Diagnosis | null {
  const made = onlyKind(story, 'DiagnosisMade').map((entry) => entry.diagnosis);
  return made.findLast(({ kind }) => kind !== 'undetermined') ?? diagnosis ?? made.at(-1) ?? null;
}

function stoppedOnes(story: readonly LedgerEntry[]): readonly string[] {
  const found = new Map<string, string>();
  for (const entry of story) {
    if (entry.kind !== 'ActionDenied' && entry.kind !== 'ActionHeld') continue;
    const { proposal, ruling } = entry;
    if (ruling.verdict.kind === 'allow') continue;
    const { reason, says } = ruling.verdict;
    found.set(`${proposal.key} ${reason}`, `${proposal.kind} ${proposal.subjectName}: ${says} (${reason})`);
  }
  return [...found.values()];
}
