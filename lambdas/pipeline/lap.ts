import { type ReasonCode, reasons } from '../contract/reasons.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { TargetRef } from '../contract/targets.ts';
import { type Duration, type Instant, inMillis } from '../contract/time.ts';
import type { ApprovalRequest } from '../model/approval.ts';
import type { Incident } from '../model/incident.ts';
import type { IncidentState } from '../model/incident-state.ts';
import type { EntryOf, LedgerEntry } from '../model/ledger-entry.ts';
import type { Order } from '../model/order.ts';
import type { ActCase } from './act/action.ts';
import { takenOut } from './half-done.ts';
import type { Observation } from './observe.ts';
import { evolve } from './record/evolve.ts';
import type { Toolkit } from './toolkit.ts';

/** What to do next; `entries` are written down before it is done. */
export type Move = {
  readonly at: Instant;
  readonly entries: readonly LedgerEntry[];
} /** `outside`: what was taken out, which ECS may register again meanwhile: then there is nothing to wait for. */ & (
  | { readonly kind: 'wait'; readonly for: Duration; readonly outside: readonly TargetRef[] }
  /** Waits for a person's word on a request, and looks again after so long. */
  | { readonly kind: 'await'; readonly requestId: string; readonly for: Duration }
  | { readonly kind: 'act'; readonly order: Order }
  | { readonly kind: 'end'; readonly ending: Ending; readonly signalsSeen: number }
);
/** A proposal that will not be carried out, and why. */
export type Stopped = { readonly kind: 'stopped'; readonly reason: ReasonCode; readonly says: string };
export type Ending = EntryOf<'RecoveryConfirmed'> | EntryOf<'HandedOver'>;

type Facts = Pick<LedgerEntry, 'id' | 'incident' | 'service' | 'at'>;

/** One time round the pipeline: what it knows, and what it has to write down so far. Lives for one pure call only. */
export class Lap {
  readonly number: number;
  readonly incident: Incident;
  readonly settings: ServiceSettings;
  readonly seen: Observation;
  readonly toolkit: Toolkit;
  readonly #entries: LedgerEntry[] = [];
  #state: IncidentState;

  constructor(number: number, incident: Incident, settings: ServiceSettings, seen: Observation, toolkit: Toolkit) {
    this.number = number;
    this.incident = incident;
    this.settings = settings;
    this.seen = seen;
    this.toolkit = toolkit;
    this.#state = seen.state;
  }

  /** The incident as the ledger will know it once this lap's entries are written. */
  get state(): IncidentState {
    return this.#state;
  }

  /** All entries of the incident, those of this lap included. */
  get entries(): readonly LedgerEntry[] {
    return [...this.seen.entries, ...this.#entries];
  }

  /** What actions are asked with. */
  get given(): ActCase {
    return { settings: this.settings, standing: this.seen.standing, history: this.seen.history };
  }

  get at(): Instant {
    return this.seen.standing.at;
  }

  /** Id, incident, service and time of an entry; the lap's number makes the id the same on replay. */
  entry(id: string): Facts {
    return { id: `${this.number}.${id}`, incident: this.incident.id, service: this.settings.id, at: this.at };
  }

  write(entry: LedgerEntry): void {
    this.#entries.push(entry);
    this.#state = evolve(this.#state, entry);
  }

  wait(duration: Duration = this.settings.timing.lap): Move {
    const out = takenOut(this.#state.attempts)?.order.proposal.subject;
    const outside = out !== undefined && 'targets' in out ? out.targets : [];
    return { kind: 'wait', at: this.at, entries: this.#entries, for: duration, outside };
  }

  waitUntil(instant: Instant): Move {
    const lap = inMillis(this.settings.timing.lap);
    const seconds = Math.max(1, Math.ceil(Math.min(lap, instant - this.at) / 1000));
    return this.wait({ seconds });
  }

  /** Until there is a word; but at most until the time is over, and not so long that a recovery would go unseen. */
  await({ id, expiresAt }: ApprovalRequest): Move {
    const millis = Math.min(inMillis(this.settings.timing.watchEvery), expiresAt + 1 - this.at);
    const seconds = Math.max(1, Math.ceil(millis / 1000));
    return { kind: 'await', at: this.at, entries: this.#entries, requestId: id, for: { seconds } };
  }

  act(order: Order): Move {
    return { kind: 'act', at: this.at, entries: this.#entries, order };
  }

  recover(says: string): Move {
    return this.#end({ ...this.entry('end'), kind: 'RecoveryConfirmed', because: [], says });
  }

  handOver(reason: ReasonCode, says: string, left: Pick<EntryOf<'HandedOver'>, 'notDone' | 'leftUndone'>): Move {
    if (!this.toolkit.handsOver) return this.wait();
    return this.#end({ ...this.entry('end'), kind: 'HandedOver', reason, says: says || reasons[reason], ...left });
  }

  #end(ending: Ending): Move {
    return { kind: 'end', at: this.at, entries: this.#entries, ending, signalsSeen: this.seen.state.signalsSeen };
  }
}
