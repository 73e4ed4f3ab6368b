import type { Random } from '../random.ts';
import { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';
import type { DrawnFault } from './drawn-fault.ts';

type Service = readonly [string, DrawnService];
type Night = { readonly services: readonly Service[]; readonly faults: readonly DrawnFault[] };

/** The same services, some of them with an alarm that their team has made by itself and that changes its state once or more. */
export function withOwnAlarms(random: Random, services: readonly Service[], seconds: number): Night {
  const nights = services.map(([name, service]): Night => {
    const draw = new Draw(random.fork(`own alarm ${name}`));
    if (!draw.chance(0.12)) return { services: [[name, service]], faults: [] };
    const alarm = `${name}-burn-rate`;
    const signals = [{ alarm, kind: draw.one('errors', 'latency') }];
    const recovery = { ...(service.recovery as object), signals };
    return {
      services: [[name, { ...service, recovery }]],
      faults: Array.from({ length: draw.whole(1, 2) }, () => stateOf(draw, name, alarm, seconds)),
    };
  });
  return { services: nights.flatMap((night) => night.services), faults: nights.flatMap((night) => night.faults) };
}

function stateOf(draw: Draw, service: string, alarm: string, seconds: number): DrawnFault {
  const at = draw.whole(30, seconds - 420);
  return {
    kind: 'own-alarm',
    service,
    at: `${at}s`,
    ...(draw.chance(0.7) ? { until: `${at + draw.whole(60, 900)}s` } : {}),
    alarm,
    state: draw.one('ALARM', 'ALARM', 'INSUFFICIENT_DATA'),
  };
}
