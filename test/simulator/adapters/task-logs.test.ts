import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { simulatedTaskLogs } from '../../../lib/simulator/adapters/task-logs.ts';
import { VirtualClock } from '../../../lib/simulator/clock.ts';
import { Random } from '../../../lib/simulator/random.ts';
import { World } from '../../../lib/simulator/world/world.ts';
import { describeTaskLogs } from '../../contract/task-logs-contract.ts';
import { task } from '../../pipeline/build.ts';
import { specOf, start } from '../world/play.ts';

const now = start + 600_000;

describeTaskLogs('simulated', async () => {
  const clock = new VirtualClock(start);
  const spec = specOf('checkout');
  // Nobody starts it: its tasks write what a test lets them write.
  const world = new World(clock, new Random(1), [spec]);
  const running = world.service('checkout').fleet.tasks.slice(0, 3);
  const tasks = running.map(({ arn }, index) =>
    task(index, { task: { cluster: spec.settings.resources.cluster, task: arn } }),
  );
  const read = async (settings: ServiceSettings, asked: typeof tasks, from: number, until: number) => {
    await clock.runUntil(now);
    const reading = simulatedTaskLogs(world).read(settings, asked, from, until);
    const [answer] = await Promise.all([reading, clock.runUntil(now + 20_000)]);
    return answer;
  };
  const { resources } = spec.settings;
  return {
    now,
    tasks,
    async write(lines) {
      // In the order of time, as tasks write.
      for (const { task: index, at, failed, slow } of [...lines].sort((a, b) => a.at - b.at))
        running[index]?.lines.write((at - start) / 1000, 1, failed ? 1 : 0, slow ? 1 : 0);
    },
    read: (asked, from, until) => read(spec.settings, [...asked], from, until),
    readWithoutLogs: () => read({ ...spec.settings, resources: { ...resources, logs: null } }, tasks, start, now),
  };
});
