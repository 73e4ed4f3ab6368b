import { callerProver } from '../aws/caller-identity.ts';
import { log } from '../aws/log.ts';
import { once } from '../aws/once.ts';
import { operateRequest } from '../aws/operate-request.ts';
import { operatorPorts } from '../aws/operator-ports.ts';
import type { Answer } from '../model/operation.ts';
import { operate } from '../pipeline/operate.ts';
import { readOperation } from '../pipeline/read-operation.ts';

const wired = once(() => ({ ports: operatorPorts(process.env), prove: callerProver(process.env) }));

/** The answer, and who was found to ask; null when nobody was. */
type Operated = Answer & { readonly by: string | null };

/** What a person asks of Paramedic, with a proof of who that is. Nothing of the proof is logged or kept. */
export const handler = async (event: unknown): Promise<Operated> => {
  const { ports, prove } = wired();
  const request = operateRequest(event);
  if ('flaw' in request) return refused(request.flaw);
  const read = readOperation(request.operation);
  if ('flaw' in read) return refused(read.flaw);
  const { operation } = read;
  const caller = await prove(operation, request.proof);
  if ('flaw' in caller) return refused(caller.flaw);
  const answer = await operate(operation, caller.arn, ports, caller.request);
  log.info('Operation', { by: caller.arn, operation, answer });
  return { ...answer, by: caller.arn };
};

function refused(says: string): Operated {
  log.warn('Operation refused', { says });
  return { kind: 'refused', says, by: null };
}
