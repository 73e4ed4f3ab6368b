import type { ServiceSettings } from '../contract/settings.ts';
import type { Incident } from '../model/incident.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Message } from '../model/message.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import type { Workflow } from '../ports/workflow.ts';
import { compose } from './notify/compose.ts';
import { delivered, flush, offer } from './notify/flood.ts';
import { fold } from './record/evolve.ts';
import { undoable } from './undoable.ts';

export type TellPorts = Pick<RecoverPorts, 'clock' | 'ledger' | 'notifier' | 'outbox' | 'operatorApi'>;

const tellable: ReadonlySet<LedgerEntry['kind']> = new Set([
  'DiagnosisMade',
  'ApprovalRequested',
  'ApprovalVoided',
  'ActionStarted',
  'ActionCompleted',
  'RecoveryConfirmed',
  'HandedOver',
]);

/** After a failure to send a message. */
const retryMillis = 5_000;

/** What could not be told while the incident lasted is tried so often after its end. */
const lastTries = 60;

/**
 * Tells people what new entries say, within the limits of their topic. Safe to repeat: a message that was delivered is not
 * sent again, one whose delivery is not known is. Gives the milliseconds after which it is to be repeated; 0 once all is told
 * or waits for a summary. A failure to tell never stops a recovery.
 */
export async function tellPeople(
  ports: TellPorts,
  incident: Incident,
  settings: ServiceSettings,
  entries: readonly LedgerEntry[],
): Promise<number> {
  return send(ports, async () => {
    const story = await ports.ledger.entries(incident.id);
    const state = fold(story);
    // Who has asked already is told what came of it, and need not ask again.
    const open = state.undo === null ? undoable(state.attempts) : [];
    return compose(entries, { incident, settings, state, story, undoable: open, operatorApi: ports.operatorApi });
  });
}

/** Sends messages one by one, as `tellPeople` does; what they say is asked for where a failure is waited out too. */
export async function send(ports: TellPorts, messages: () => Promise<readonly Message[]>): Promise<number> {
  const { clock, outbox } = ports;
  try {
    for (const message of await messages()) {
      // The time of the write counts, not that of the wish: the table may be slow.
      const offered = await outbox.update(message.topic, (record) => offer(record, message, clock.now(), outbox.limit));
      if (offered.send !== null) await publish(ports, offered.send);
      // Order matters to readers: what follows waits for this one.
      if (offered.waitMillis > 0) return offered.waitMillis;
    }
    return 0;
  } catch {
    return retryMillis;
  }
}

/** Sends what waits for a summary of the topic, once that is due. */
export async function sendSummary(ports: Omit<TellPorts, 'ledger'>, topic: string): Promise<void> {
  const { clock, outbox } = ports;
  const due = await outbox.update(topic, (record) => flush(record, topic, clock.now(), outbox.limit));
  if (due !== null) await publish(ports, due);
}

async function publish({ notifier, outbox, clock }: Omit<TellPorts, 'ledger'>, message: Message): Promise<void> {
  await notifier.send(message);
  await outbox.update(message.topic, (record) => ({
    record: delivered(record, message, clock.now()),
    result: null,
  }));
}

/** Tells what these entries say, once: safe to repeat, and to be repeated after so many milliseconds unless it gives 0. */
export type Say = (ports: TellPorts, entries: readonly LedgerEntry[]) => Promise<number>;

/** Tells people from a workflow, which waits between messages without cost. */
export class Teller {
  readonly #workflow: Workflow<RecoverPorts>;
  readonly #say: Say;
  /** What could not be told yet. It goes before what is new, so that nobody hears of an end before the beginning. */
  #untold: readonly LedgerEntry[] = [];

  constructor(workflow: Workflow<RecoverPorts>, say: Say) {
    this.#workflow = workflow;
    this.#say = say;
  }

  /** Three tries for what is new: a single lap has three messages at most. What is not told then has one in each lap. */
  async tell(name: string, entries: readonly LedgerEntry[]): Promise<void> {
    const isNew = entries.some((entry) => tellable.has(entry.kind));
    if (isNew) this.#untold = [...this.#untold, ...entries];
    await this.#try(name, isNew ? 3 : 1);
  }

  /** After the end, when nothing is delayed by it. */
  async tellTheRest(): Promise<void> {
    await this.#try('tell the rest', lastTries);
  }

  async #try(name: string, times: number): Promise<void> {
    for (let time = 1; time <= times && this.#untold.length > 0; time++) {
      const entries = this.#untold;
      const waitMillis = await this.#workflow.step(`${name}, ${time}`, (ports) => this.#say(ports, entries));
      if (waitMillis === 0) this.#untold = [];
      else if (time < times) await this.#workflow.sleep(`${name}, after ${time}`, seconds(waitMillis));
    }
  }
}

const seconds = (millis: number): { readonly seconds: number } => ({ seconds: Math.max(1, Math.ceil(millis / 1000)) });
