import { Random } from '../random.ts';
import { type Scenario, scenarioOf } from '../scenario.ts';
import { inAccounts } from './accounts.ts';
import { drawApprovals } from './approvals.ts';
import { boldly } from './bold.ts';
import { Draw } from './draw.ts';
import { type DrawnService, drawService } from './draw-service.ts';
import type { DrawnFault, FaultDraw, Place } from './drawn-fault.ts';
import { forOneLimit } from './one-limit.ts';
import { withOwnAlarms } from './own-alarms.ts';
import { people } from './people.ts';
import { sicknesses } from './sicknesses.ts';
import { surroundings } from './surroundings.ts';
import { together } from './together.ts';

/** A generated world as a scenario file writes it, so that it can be read, kept and played like one. */
export type StormWorld = {
  readonly name: string;
  readonly duration: string;
  readonly services: Readonly<Record<string, DrawnService>>;
  /** Where people get fewer messages than by default, so that few troubles are a flood. */
  readonly messages?: { readonly most: number; readonly window: string };
  readonly faults: readonly DrawnFault[];
};

type Services = readonly (readonly [string, DrawnService])[];
type Night = { readonly services: Services; readonly faults: readonly DrawnFault[] };

/** Seconds that finding and treating takes as a rule, and the minutes that the longest nights last. */
const [treated, longest] = [420, 30];

const names = ['checkout', 'cart', 'search', 'billing'] as const;

/** The world of a seed: the same for the same seed, whatever was drawn before. */
export function stormWorld(seed: number): StormWorld {
  const random = new Random(`storm ${seed}`);
  const draw = new Draw(random.fork('shape'));
  const minutes = draw.whole(15, 28);
  const count = draw.one(1, 1, 1, 1, 1, 2, 2, 3, 4);
  const bare = names
    .slice(0, count)
    .map((name, index) => [name, drawService(new Draw(random.fork(`service ${name}`)), index)] as const);
  // The accounts are drawn apart, so that the rest of a world is what it is without them.
  const plain = inAccounts(random.fork('accounts'), bare);
  const { services, faults } =
    forOneLimit(new Draw(random.fork('one limit')), plain) ?? manyTroubles(random, draw, plain, minutes);
  // A leak needs a while to hurt, whatever comes late one to be treated.
  const latest = Math.max(0, ...faults.map(({ at }) => Number.parseInt(at, 10)));
  const slow = latest > 60 * minutes - treated || faults.some(({ kind }) => kind === 'memory-leak');
  const lasts = slow ? Math.max(minutes, longest) : minutes;
  return {
    name: `storm-${seed}`,
    duration: `${60 * lasts}s`,
    services: Object.fromEntries(services),
    ...drawMessages(new Draw(random.fork('messages'))),
    faults: faults.filter(({ at }) => Number.parseInt(at, 10) < 60 * lasts),
  };
}

/** Anything goes wrong, and several things at once. */
function manyTroubles(random: Random, draw: Draw, plain: Services, minutes: number): Night {
  // Bold policies and approvals are drawn apart, so that the rest of a world is what it is without them.
  const bold = plain.map(([name, service]) => [name, boldly(new Draw(random.fork(`bold ${name}`)), service)] as const);
  const owned = withOwnAlarms(random.fork('own alarms'), bold, 60 * minutes);
  const { services, faults } = drawApprovals(new Draw(random.fork('approvals')), owned.services, 60 * minutes);
  return {
    services,
    faults: [
      ...faults,
      ...owned.faults,
      ...drawn(new Draw(random.fork('sicknesses')), sicknesses, draw.one(1, 1, 1, 2, 2, 3), services, minutes),
      ...together(new Draw(random.fork('together')), services, minutes),
      ...drawn(new Draw(random.fork('people')), people, draw.one(0, 0, 0, 1, 1, 2), services, minutes),
      ...drawn(new Draw(random.fork('surroundings')), surroundings, draw.one(0, 0, 1, 1, 2, 3), services, minutes),
    ],
  };
}

const drawMessages = (draw: Draw): Pick<StormWorld, 'messages'> =>
  draw.chance(0.4) ? { messages: { most: draw.whole(2, 5), window: draw.one('2m', '5m', '10m') } } : {};

/** The scenario that plays it. Throws what is wrong with it: a world that cannot be is a bug of the generator. */
export const scenarioFor = (world: StormWorld): Scenario => scenarioOf(`${world.name}.yaml`, world);

function drawn(
  draw: Draw,
  kinds: readonly [FaultDraw, ...FaultDraw[]],
  count: number,
  services: Services,
  minutes: number,
): readonly DrawnFault[] {
  return Array.from({ length: count }, () => {
    const [name, service] = services[draw.whole(0, services.length - 1)] ?? [];
    if (name === undefined || service === undefined) throw new Error('A world needs a service.');
    // Early enough for what follows to be seen.
    const place: Place = { name, service, at: draw.whole(30, 60 * minutes - 420) };
    return draw.weighted(kinds).draw(draw, place);
  }).flat();
}
