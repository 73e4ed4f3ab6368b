import { playSeed } from '../../lib/simulator/storm/play-storm.ts';
import { untilCaught } from '../../lib/simulator/storm/until-caught.ts';
import { answerTasks } from './answer-tasks.ts';
import type { StormAnswer, StormTask } from './storm-tasks.ts';

answerTasks(async (task: StormTask): Promise<StormAnswer> => {
  if (task.kind === 'until-caught') return { kind: task.kind, caught: await untilCaught(task) };
  return { kind: task.kind, runs: await Promise.all(task.seeds.map((seed) => playSeed(seed, task.without))) };
});
