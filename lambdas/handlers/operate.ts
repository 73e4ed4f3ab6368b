import { httpDoor } from '../aws/http-door.ts';
import { once } from '../aws/once.ts';
import { operatorPorts } from '../aws/operator-ports.ts';
import type { TreatmentOperation } from '../model/operation.ts';
import { operate } from '../pipeline/operate.ts';
import { readOperation } from '../pipeline/read-operation.ts';

const wired = once(() => operatorPorts(process.env));

/** Answers proposals, and takes back what was done. */
export const handler = httpDoor<TreatmentOperation>(
  ['approve', 'reject', 'undo'],
  process.env,
  readOperation,
  (request) => operate(request, wired()),
);
