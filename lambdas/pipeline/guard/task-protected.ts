import { shortTask } from '../../contract/short-name.ts';
import type { Guardrail } from './guardrail.ts';
import { oneTask } from './one-task.ts';
import { allow, deny } from './verdicts.ts';

/**
 * A protected task is in the middle of something, and StopTask would end it all the same
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html). It isn't deregistered either:
 * a task that may not be stopped can't be replaced, and that would be half a rung.
 */
export const taskProtected: Guardrail = {
  name: 'task-protected',

  check(proposal, { standing }) {
    const subject = oneTask(proposal);
    if (subject === undefined) return allow;
    switch (standing.protection[subject]) {
      case false:
        return allow;
      case true:
        return deny('task.protected', `Its team has protected the task ${shortTask(subject)} from being stopped.`);
      default:
        return deny('task.protected', `Whether the task ${shortTask(subject)} is protected could not be read.`);
    }
  },
};
