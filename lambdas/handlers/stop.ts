import { httpDoor } from '../aws/http-door.ts';
import { once } from '../aws/once.ts';
import { stopPorts } from '../aws/stop-ports.ts';
import type { StopOperation } from '../model/operation.ts';
import { pauseOrResume } from '../pipeline/operate.ts';
import { readOperation } from '../pipeline/read-operation.ts';

const wired = once(() => stopPorts(process.env));

/** Stops Paramedic, and lets it go on: apart from what else people ask for, so that nothing of that can be in its way. */
export const handler = httpDoor<StopOperation>(['pause', 'resume'], process.env, readOperation, (request) =>
  pauseOrResume(request, wired()),
);
