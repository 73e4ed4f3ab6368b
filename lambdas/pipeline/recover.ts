import { type ReasonCode, reasons } from '../contract/reasons.ts';
import type { FleetLimits, ServiceSettings } from '../contract/settings.ts';
import { sameTarget, type TargetRef, takesTraffic } from '../contract/targets.ts';
import { after, type Instant, inMillis } from '../contract/time.ts';
import type { Incident, Outcome, Start } from '../model/incident.ts';
import type { EntryOf, LedgerEntry } from '../model/ledger-entry.ts';
import type { ActResult, OrderRef } from '../model/order.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import type { Workflow } from '../ports/workflow.ts';
import { begin } from './begin.ts';
import { closeUnasked } from './close.ts';
import { decide } from './decide.ts';
import { handOverUnconfigured } from './hand-over-unconfigured.ts';
import type { Move } from './lap.ts';
import { observe } from './observe.ts';
import { settleFleet } from './settle-fleet.ts';
import { Teller, tellPeople } from './tell.ts';
import { toolkit as everything, type Toolkit } from './toolkit.ts';
import { watchUntilQuiet } from './watch.ts';

/**
 * A durable execution may have 3,000 operations (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html): these are
 * for laps, of which each has eight at most, beside the looks at what is out.
 */
const [mostOperations, inOneLap] = [2800, 8];

/** A lap in which the world or the ledger could not be read. */
type Blind = { readonly kind: 'blind'; readonly at: Instant; readonly because: string };

/** The whole life of an incident: look and decide, write it down, do it; again until it is recovered or handed over. */
export async function recover(
  workflow: Workflow<RecoverPorts>,
  { incidentId }: Start,
  toolkit: Toolkit = everything,
): Promise<Outcome> {
  const begun = await workflow.step('begin', (ports) => begin(ports, incidentId));
  if (begun.kind === 'nothing') return 'handed-over';
  if (begun.kind === 'unconfigured') return handOverUnconfigured(workflow, begun);
  const { incident, settings } = begun;
  const teller = new Teller(workflow, (ports, entries) => tellPeople(ports, incident, settings, entries));
  const outcome = await treatUntilOver(workflow, incident, settings, teller, toolkit);
  await teller.tellTheRest();
  if (outcome === 'handed-over') await watchUntilQuiet(workflow, incident, settings);
  return outcome;
}

async function treatUntilOver(
  workflow: Workflow<RecoverPorts>,
  incident: Incident,
  settings: ServiceSettings,
  teller: Teller,
  toolkit: Toolkit,
): Promise<Outcome> {
  let blindSince: Instant | null = null;
  let operations = 0;
  for (let lap = 1; operations < mostOperations; lap++) {
    const move = await workflow.step(`decide ${lap}`, (ports) =>
      lookAndDecide(ports, lap, incident, settings, toolkit),
    );
    operations += inOneLap + (move.kind === 'wait' ? 2 * looksIn(move, settings) : 0);
    if (move.kind === 'blind') {
      blindSince ??= move.at;
      if (move.at > after(blindSince, settings.timing.patience))
        return giveUp(workflow, incident, settings, teller, 'world.unreadable', move);
      await workflow.sleep(`wait ${lap}`, settings.timing.lap);
      continue;
    }
    blindSince = null;
    const outcome = await carryOut(workflow, lap, incident, settings, move, teller);
    if (outcome !== undefined) return outcome;
  }
  const at = await workflow.step('now', async (ports) => ports.clock.now());
  return giveUp(workflow, incident, settings, teller, 'laps.spent', { at, because: reasons['laps.spent'] });
}

/** Not being able to look is no reason to fail, and none to act. */
async function lookAndDecide(
  ports: RecoverPorts,
  lap: number,
  incident: Incident,
  settings: ServiceSettings,
  toolkit: Toolkit,
): Promise<Move | Blind> {
  try {
    return decide(lap, incident, settings, await observe(ports, incident, settings), toolkit);
  } catch (error) {
    return { kind: 'blind', at: ports.clock.now(), because: error instanceof Error ? error.message : String(error) };
  }
}

/** Writes a move down and does it; an outcome when it was the last one. */
async function carryOut(
  workflow: Workflow<RecoverPorts>,
  lap: number,
  incident: Incident,
  settings: ServiceSettings,
  move: Move,
  teller: Teller,
): Promise<Outcome | undefined> {
  const { fleet: limits } = settings;
  await record(workflow, `record ${lap}`, move.entries, limits, move.at);
  switch (move.kind) {
    case 'wait':
      await teller.tell(`tell ${lap}`, move.entries);
      await waitUnlessBack(workflow, `wait ${lap}`, move, settings);
      return undefined;
    case 'await':
      await teller.tell(`tell ${lap}`, move.entries);
      // Woken or not, the next lap looks into the ledger: a wake that is lost only delays.
      await workflow.waitForWord(`word ${lap}`, move.for, (ports, callbackId) =>
        ports.ledger.awaitWord({ incidentId: incident.id, requestId: move.requestId }, callbackId),
      );
      return undefined;
    case 'act': {
      const ref = { incidentId: incident.id, orderId: move.order.id };
      const answer = await workflow.act(`act ${lap}`, move.order.proposal.kind, ref);
      const result = answer.kind === 'unknown' ? await settleAtOnce(workflow, `withdraw ${lap}`, ref, answer) : answer;
      const completed: EntryOf<'ActionCompleted'> = {
        kind: 'ActionCompleted',
        id: `${lap}.result`,
        incident: incident.id,
        service: incident.service,
        at: result.kind === 'done' ? result.receipt.at : move.at,
        orderId: move.order.id,
        result,
      };
      await record(workflow, `result ${lap}`, [completed], limits, move.at);
      // People are told after the act: seconds count, and the message can say what came of it.
      await teller.tell(`tell ${lap}`, [...move.entries, completed]);
      if (result.kind === 'done') return undefined;
      // What came back is taken out again at once.
      if (result.kind === 'refused' && result.reason === 'target.came-back') return undefined;
      const { kind, subject } = move.order.proposal;
      const outside = kind === 'replace-task' && 'targets' in subject ? subject.targets : [];
      // What was taken out, as far as anybody knows, is looked for before it is registered again.
      const isOut = kind === 'deregister-target' && result.kind === 'unknown';
      const pause = isOut ? settings.timing.lapWhileOut : settings.timing.lap;
      await waitUnlessBack(workflow, `wait ${lap}`, { for: pause, outside }, settings);
      return undefined;
    }
    case 'end': {
      const closed = await workflow.step(`close ${lap}`, async (ports) => {
        const result = await ports.ledger.close(move.ending, move.signalsSeen);
        if (result === 'closed') await settleFleet(ports.fleet, [move.ending], limits, move.at);
        return result;
      });
      if (closed !== 'closed') return undefined;
      await teller.tell(`tell ${lap}`, [...move.entries, move.ending]);
      return move.ending.kind === 'RecoveryConfirmed' ? 'recovered' : 'handed-over';
    }
  }
}

/**
 * Nobody knows what became of an order whose function gave no answer. While it is pending it can be turned down for good, and then it
 * was never carried out; otherwise only looking tells.
 */
const settleAtOnce = (
  workflow: Workflow<RecoverPorts>,
  name: string,
  ref: OrderRef,
  unknown: ActResult,
): Promise<ActResult> =>
  workflow.step(name, async (ports) => {
    const withdrawn = await ports.ledger.withdraw(ref).catch(() => false);
    return withdrawn ? { kind: 'refused', reason: 'order.withdrawn', says: reasons['order.withdrawn'] } : unknown;
  });

type Waiting = Pick<Extract<Move, { kind: 'wait' }>, 'for' | 'outside'>;

/** A wait that ends as soon as what was taken out is registered again: each second then sends requests to a sick task. */
async function waitUnlessBack(
  workflow: Workflow<RecoverPorts>,
  name: string,
  wait: Waiting,
  settings: ServiceSettings,
): Promise<void> {
  const looks = looksIn(wait, settings);
  if (looks === 0) return workflow.sleep(name, wait.for);
  const [whole, step] = [inMillis(wait.for), inMillis(settings.timing.lapWhileOut)];
  for (let look = 1; look <= looks; look++) {
    await workflow.sleep(`${name}, ${look}`, { seconds: Math.min(step, whole - (look - 1) * step) / 1000 });
    if (await workflow.step(`look in ${name}, ${look}`, (ports) => isBack(ports, settings, wait.outside))) return;
  }
}

/** How often a wait is interrupted for a look at what is out. */
function looksIn(wait: Waiting, { timing }: ServiceSettings): number {
  const looks = Math.ceil(inMillis(wait.for) / inMillis(timing.lapWhileOut));
  return wait.outside.length === 0 || looks <= 1 ? 0 : looks;
}

/** What cannot be read now is read soon. */
async function isBack(
  ports: Pick<RecoverPorts, 'targets'>,
  settings: ServiceSettings,
  outside: readonly TargetRef[],
): Promise<boolean> {
  try {
    const targets = await ports.targets.health(settings);
    return targets.some(({ target, state }) => takesTraffic(state) && outside.some((out) => sameTarget(out, target)));
  } catch {
    return false;
  }
}

/** Hands over blindly: what cannot be seen is not touched. */
async function giveUp(
  workflow: Workflow<RecoverPorts>,
  incident: Incident,
  { fleet: limits }: ServiceSettings,
  teller: Teller,
  reason: ReasonCode,
  { at, because }: Pick<Blind, 'at' | 'because'>,
): Promise<Outcome> {
  const entry = await workflow.step('give up', (ports) => closeUnasked(ports, incident, reason, because, at));
  await workflow.tell('leave the fleet', (ports) => settleFleet(ports.fleet, [entry], limits, at));
  await teller.tell('tell the end', [entry]);
  return 'handed-over';
}

async function record(
  workflow: Workflow<RecoverPorts>,
  name: string,
  entries: readonly LedgerEntry[],
  limits: FleetLimits,
  at: Instant,
): Promise<void> {
  if (entries.length === 0) return;
  await workflow.tell(name, async (ports) => {
    await ports.ledger.append(entries);
    await settleFleet(ports.fleet, entries, limits, at);
  });
}
