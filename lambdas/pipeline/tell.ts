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

/** `waitMillis` above 0: ask again then. `owes`: something of ours waits for a digest, or could not be sent. */
export type Told = { readonly waitMillis: number; readonly owes: boolean };

const tellable: ReadonlySet<LedgerEntry['kind']> = new Set([
  'DiagnosisMade',
  'ApprovalRequested',
  'ApprovalVoided',
  'ActionStarted',
  'ActionCompleted',
  'RecoveryConfirmed',
  'HandedOver',
]);

/** After a failure to send a message, or a digest. */
const retryMillis = 5_000;
const flushMillis = 60_000;

/** Digests go once a minute; a flood of a whole account is told within the hour. */
const mostFlushes = 60;

/**
 * Tells people what new entries say, within the limits of their topic. Safe to repeat: a message that was delivered is not
 * sent again, one whose delivery is not known is. A failure to tell is owed, and never stops a recovery.
 */
export async function tellPeople(
  ports: TellPorts,
  incident: Incident,
  settings: ServiceSettings,
  entries: readonly LedgerEntry[],
): Promise<Told> {
  return send(ports, async () => {
    const story = await ports.ledger.entries(incident.id);
    const state = fold(story);
    // Who has asked already is told what came of it, and need not ask again.
    const open = state.undo === null ? undoable(state.attempts) : [];
    return compose(entries, { incident, settings, state, story, undoable: open, operatorApi: ports.operatorApi });
  });
}

/** Sends messages one by one, as `tellPeople` does; what they say is asked for where a failure is owed too. */
export async function send(ports: TellPorts, messages: () => Promise<readonly Message[]>): Promise<Told> {
  try {
    let told: Told = { waitMillis: 0, owes: false };
    for (const message of await messages()) {
      // The time of the write counts, not that of the wish: the table may be slow.
      const offered = await ports.outbox.update(message.topic, (record) => offer(record, message, ports.clock.now()));
      await deliver(ports, offered.send);
      told = { waitMillis: offered.waitMillis, owes: told.owes || offered.queued };
      // Order matters to readers: what follows waits for this one.
      if (offered.waitMillis > 0) return told;
    }
    return told;
  } catch {
    return { waitMillis: retryMillis, owes: false };
  }
}

/** Sends the next digest of a topic, if one is due. */
export async function flushOnce(ports: TellPorts, topic: string): Promise<Told> {
  try {
    const flushed = await ports.outbox.update(topic, (record) => flush(record, topic, ports.clock.now()));
    await deliver(ports, flushed.send);
    return { waitMillis: flushed.waitMillis, owes: flushed.waiting };
  } catch {
    return { waitMillis: flushMillis, owes: true };
  }
}

async function deliver(ports: TellPorts, messages: readonly Message[]): Promise<void> {
  for (const message of messages) {
    await ports.notifier.send(message);
    await ports.outbox.update(message.topic, (record) => ({
      record: delivered(record, message, ports.clock.now()),
      result: null,
    }));
  }
}

type Untold = { readonly name: string; readonly entries: readonly LedgerEntry[] };

/** Tells what these entries say, once: safe to repeat. */
export type Say = (ports: TellPorts, entries: readonly LedgerEntry[]) => Promise<Told>;

/** Tells people from a workflow: waits between messages without cost, and sees to it that queued ones go out. */
export class Teller {
  readonly #workflow: Workflow<RecoverPorts>;
  readonly #topic: string;
  readonly #say: Say;
  #owes = false;
  #untold: readonly Untold[] = [];

  constructor(workflow: Workflow<RecoverPorts>, topic: string, say: Say) {
    this.#workflow = workflow;
    this.#topic = topic;
    this.#say = say;
  }

  /** Three tries, a second apart: a single lap has three messages at most. What is not told then is told at the end. */
  async tell(name: string, entries: readonly LedgerEntry[]): Promise<void> {
    if (!entries.some((entry) => tellable.has(entry.kind))) return;
    if (!(await this.#try(name, entries, 3))) this.#untold = [...this.#untold, { name, entries }];
  }

  /** Between two laps: a digest that is due does not wait for the end of the incident. */
  async catchUp(name: string): Promise<void> {
    if (!this.#owes) return;
    const told = await this.#workflow.step(name, (ports) => flushOnce(ports, this.#topic));
    this.#owes = told.owes;
  }

  /** After the end: what could not be told is tried again, and whatever waits for a digest is told. */
  async payDebts(): Promise<void> {
    for (const { name, entries } of this.#untold) await this.#try(`again: ${name}`, entries, mostFlushes);
    for (let time = 1; this.#owes && time <= mostFlushes; time++) {
      const told = await this.#workflow.step(`digest ${time}`, (ports) => flushOnce(ports, this.#topic));
      this.#owes = told.owes;
      if (told.owes) await this.#workflow.sleep(`before digest ${time + 1}`, seconds(told.waitMillis));
    }
  }

  async #try(name: string, entries: readonly LedgerEntry[], times: number): Promise<boolean> {
    for (let time = 1; time <= times; time++) {
      const told = await this.#workflow.step(`${name}, ${time}`, (ports) => this.#say(ports, entries));
      this.#owes ||= told.owes;
      if (told.waitMillis === 0) return true;
      if (time < times) await this.#workflow.sleep(`${name}, after ${time}`, seconds(told.waitMillis));
    }
    return false;
  }
}

const seconds = (millis: number): { readonly seconds: number } => ({ seconds: Math.max(1, Math.ceil(millis / 1000)) });
