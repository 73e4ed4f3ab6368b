import { simulate } from '../../lib/simulator/simulate.ts';
import { answerTasks } from './answer-tasks.ts';
import type { Run } from './play-runs.ts';

answerTasks(({ scenario, options }: Run) => simulate(scenario, options));
