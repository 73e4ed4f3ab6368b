import { quietAccount } from './accounts.ts';
import { unbound } from './bold.ts';
import type { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';
import { type DrawnFault, type FaultDraw, lateFunctions, type Place } from './drawn-fault.ts';
import { scaledStepByStep } from './meanwhile.ts';
import { recurrence, relapse, slowAndBad, turnedDown } from './sicknesses.ts';

/** What befalls a service so that one limit or safeguard is reached, and what of the service and its policy makes it so. */
type Reached = {
  readonly befalls: FaultDraw['draw'];
  readonly service?: object;
  readonly account?: object;
  readonly diagnosis?: object;
  readonly limits?: object;
  readonly fleet?: object;
};

const sickTask = (draw: Draw, { name, at }: Place): DrawnFault => ({
  kind: 'error-task',
  service: name,
  at: `${at}s`,
  tasks: 1,
  rate: draw.percent(50, 90),
});

/** Somebody scales it while one of its tasks is sick. */
const sickAndScaled: FaultDraw['draw'] = (draw, place) => [
  sickTask(draw, place),
  ...scaledStepByStep(draw, { ...place, at: place.at + draw.whole(30, 120) }),
];

/** ECS registers a sick task again while the function that would stop it comes late. */
const backInTheMidst: FaultDraw['draw'] = (draw, place) => [sickTask(draw, place), lateFunctions(draw, place.at)];

/** A person stops the workflow when it has ordered an act whose function comes late. */
const stoppedInTheMidst: FaultDraw['draw'] = (draw, place) => [
  sickTask(draw, place),
  lateFunctions(draw, place.at),
  { kind: 'workflow-stopped', service: place.name, at: `${place.at}s`, before: 'act' },
];

/** A person pauses Paramedic when its act is about to be claimed. */
const pausedInTheMidst: FaultDraw['draw'] = (draw, place) => [
  sickTask(draw, place),
  { kind: 'pause', service: place.name, at: `${place.at}s`, before: 'ledger.claim' },
];

/** Those that a night with many troubles seldom reaches, since another limit ends it before. */
const seldomReached: readonly [Reached, ...Reached[]] = [
  { limits: { ineffective: { count: 1, within: '4h' } }, befalls: recurrence },
  { limits: { ban: { first: '30m', most: '40m', decayEvery: '1h' } }, befalls: recurrence },
  { fleet: { errorBudget: { share: '25%', atLeast: 1, within: '1h' } }, befalls: recurrence },
  { limits: { failures: { count: 1, blockFor: '1h' } }, befalls: turnedDown },
  { befalls: sickAndScaled },
  { befalls: stoppedInTheMidst },
  { account: { reregisters: '5s' }, befalls: backInTheMidst },
  { befalls: pausedInTheMidst },
  { limits: { cooldown: '15m' }, befalls: relapse },
  // What it would go back to has not served for long.
  {
    service: {
      revisions: [
        { id: '41', deployed: '-7d' },
        { id: '42', deployed: '-20m' },
      ],
      maximumPercent: 120,
    },
    diagnosis: { knownGoodAfter: '1h' },
    befalls: slowAndBad,
  },
];

/**
 * Sometimes the world is made for one limit: one service that carries what befalls it, in an account that does nothing by
 * itself, and no other limit stands in the way.
 */
export function forOneLimit(
  draw: Draw,
  [first]: readonly (readonly [string, DrawnService])[],
):
  | { readonly services: readonly [readonly [string, DrawnService]]; readonly faults: readonly DrawnFault[] }
  | undefined {
  if (first === undefined || !draw.chance(0.12)) return undefined;
  const [name, { crossZone: _, ...drawn }] = first;
  const { befalls, ...tight } = draw.one(...seldomReached);
  const recovery = drawn.recovery as { readonly diagnosis: object };
  const tasks = draw.whole(3, 6);
  const roomy = {
    ...drawn,
    tasks,
    traffic: `${tasks * draw.whole(3, 5)}/s`,
    capacityPerTask: '20/s',
    ...tight.service,
    account: { ...quietAccount, ...tight.account },
    recovery: { ...recovery, diagnosis: { ...recovery.diagnosis, ...tight.diagnosis } },
  };
  const service = unbound(roomy, tight.limits, tight.fleet);
  const faults = [befalls(draw, { name, service, at: draw.whole(20, 60) })].flat();
  return { services: [[name, service]], faults };
}
