// How a task ended tells whether another one would start. The guardrail against stopping what cannot be replaced and the check of
// a rollback must not disagree about it.

type Stopped = { readonly code: string; readonly reason: string };

/**
 * Nobody has stopped it, and no deployment or scaling has
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html).
 */
export const endedByItself = ({ code, reason }: Stopped): boolean =>
  code !== 'UserInitiated' && (code !== 'ServiceSchedulerInitiated' || /health check/i.test(reason));

/** What the container agent could not get or set up before the containers started. */
const beforeStart = /\b(CannotPull\w*|ResourceInitializationError|ResourceNotFoundException|AccessDeniedException)\b/;

/** It is not there, or the task may not have it. */
const missing =
  /not ?found|does ?n[o']t exist|no such|manifest unknown|can't find|access ?denied|not authori[sz]ed|unauthori[sz]ed|forbidden|has the permissions|\b40[134]\b/i;

/** A network that fails, or a registry that has enough for the moment. */
const passing =
  /time-?d? ?out|timeout|connection|network|too ?many ?requests|rate (limit|exceeded)|throttl|no space left|cancell?ed|deadline exceeded|signal: killed|\b5\d\d\b/i;

/**
 * Did it end for a reason that every other task of the release meets as well, and that waiting does not mend: its image or a
 * secret is not there, or may not be read? (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html)
 */
export const cannotEverStart = ({ reason }: Stopped): boolean =>
  beforeStart.test(reason) && missing.test(reason) && !passing.test(reason);
