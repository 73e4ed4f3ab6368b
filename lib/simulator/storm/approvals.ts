import type { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';
import type { DrawnFault } from './drawn-fault.ts';

type Named = readonly [string, DrawnService];

/** Some services ask people, or treat only a share of their incidents; and there are people who answer, or do not. */
export function drawApprovals(
  draw: Draw,
  services: readonly Named[],
  seconds: number,
): { readonly services: readonly Named[]; readonly faults: readonly DrawnFault[] } {
  const asking = services.map(([name, service]) => {
    const recovery = service.recovery as Readonly<Record<string, unknown>>;
    const change = draw.chance(0.2)
      ? drawAsking(draw, recovery)
      : draw.chance(0.08)
        ? { enforce: draw.one('0%', '50%') }
        : {};
    return [name, { ...service, recovery: { ...recovery, ...change } }] as const;
  });
  const faults = asking.flatMap(([name, { recovery, tasks }]) =>
    JSON.stringify(recovery).includes('"approve"') ? drawPeople(draw, name, tasks, seconds) : [],
  );
  return { services: asking, faults };
}

function drawAsking(draw: Draw, recovery: Readonly<Record<string, unknown>>): object {
  const timing = { ...(recovery.timing as object), approvalWithin: draw.minutes(1, 8) };
  return draw.chance(0.7)
    ? { mode: 'approve', timing }
    : { timing, actionModes: { [draw.one('deregister-target', 'replace-task', 'roll-back-deployment')]: 'approve' } };
}

/** Nobody, one who answers soon, late or too late, one who says no; two who do not know of each other. */
function drawPeople(draw: Draw, service: string, tasks: number, seconds: number): readonly DrawnFault[] {
  const answers = draw.one(
    ['approve'],
    ['approve'],
    ['approve'],
    ['approve', 'approve'],
    ['approve', 'reject'],
    ['reject'],
    [],
  );
  const people = answers.map((answer, index) => ({
    kind: 'approval',
    at: '1s',
    service,
    answer,
    after: draw.one('1s', '5s', '40s', draw.seconds(1, 200), draw.seconds(60, 500)),
    by: index === 0 ? 'ann' : 'bob',
  }));
  // Somebody scales it at the very moment: between the order and its function.
  const scaled = {
    kind: 'scaling',
    at: `${draw.whole(30, seconds - 420)}s`,
    service,
    desired: Math.max(1, tasks + draw.one(-1, 1, 2)),
    ...(draw.chance(0.7) ? { before: 'act' } : {}),
  };
  return draw.chance(0.4) ? [...people, scaled] : people;
}
