import type { Draw } from './draw.ts';
import { drawPolicy } from './draw-policy.ts';

/** A service as a scenario file writes it; what storms look into is named. */
export type DrawnService = Readonly<Record<string, unknown>> & { readonly tasks: number; readonly zones: number };

/** A service of any size and load, from idle to over its capacity, with a past of releases and a policy of its own. */
export function drawService(draw: Draw, index: number): DrawnService {
  const tasks = draw.one(1, 2, 3, 4, 4, 5, 6, 6, 8, 10, 12);
  const perTask = draw.whole(2, 5);
  const load = draw.one(0.25, 0.3, 0.4, 0.4, 0.5, 0.6, 0.75, 0.9, 1.1);
  const capacityPerTask = `${Math.max(1, Math.round(perTask / load))}/s`;
  const p50 = draw.whole(20, 60);
  return {
    tasks,
    zones: draw.whole(1, 3),
    traffic: drawTraffic(draw, perTask * tasks),
    capacityPerTask,
    latency: { p50: `${p50}ms`, p99: `${p50 * draw.whole(3, 6)}ms` },
    errorRate: draw.one('0%', '0.1%', '0.5%'),
    startup: draw.seconds(15, 90),
    revisions: drawRevisions(draw),
    minimumHealthyPercent: draw.one(100, 100, 100, 100, 75, 50, 0),
    maximumPercent: draw.one(200, 200, 200, 150, 130, 120, 100),
    targetGroups: draw.one(1, 1, 1, 2),
    ...(index > 0 && draw.chance(0.3) ? { loadBalancer: 'shared' } : {}),
    listeners: draw.chance(0.03) ? 0 : 1,
    recovery: {
      ...drawPolicy(draw, capacityPerTask),
      ...(index > 0 && draw.chance(0.2) ? { dependsOn: ['checkout'] } : {}),
    },
    ...(draw.chance(0.15) ? { crossZone: false } : {}),
  };
}

function drawTraffic(draw: Draw, rate: number): unknown {
  if (draw.chance(0.8)) return `${rate}/s`;
  const later = Math.max(1, Math.round(rate * draw.one(0.5, 1.3, 1.8)));
  return [
    { at: '0s', rate: `${rate}/s` },
    { at: draw.minutes(2, 15), rate: `${later}/s` },
  ];
}

/** Releases of the past: long proven, just proven, or not proven yet. */
function drawRevisions(draw: Draw): unknown {
  const pinned = draw.chance(0.2);
  const ages = draw.one(
    ['-7d', '-3d'],
    ['-7d', '-2h'],
    ['-7d', '-20m'],
    ['-3d'],
    ['-7d', '-50m', '-25m'],
    ['-70m', '-30m'],
  );
  return ages.map((deployed, index) => ({ id: `${42 - ages.length + 1 + index}`, deployed, pinned }));
}
