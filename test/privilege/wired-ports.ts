import { operatorPorts } from '../../lambdas/aws/operator-ports.ts';
import { actionPorts, recoverPorts, signalPorts, sweepPorts, workflowEndedPorts } from '../../lambdas/aws/ports.ts';
import { serviceChanges } from '../../lambdas/aws/service-changes.ts';
import { stopPorts } from '../../lambdas/aws/stop-ports.ts';
import { targetChanges } from '../../lambdas/aws/target-changes.ts';
import type { Environment } from '../../lambdas/aws/variables.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';

/** The ports of each function over AWS, wired as its handler wires them. */
const wirings: Readonly<Record<Exclude<RoleName, 'installation'>, (env: Environment) => object>> = {
  'on-signal': signalPorts,
  recover: recoverPorts,
  sweep: sweepPorts,
  'workflow-ended': workflowEndedPorts,
  stop: stopPorts,
  operate: operatorPorts,
  'deregister-target': (env) => ({ ...actionPorts(env), change: targetChanges() }),
  'register-target': (env) => ({ ...actionPorts(env), change: targetChanges() }),
  'replace-task': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
  'restart-service': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
  'roll-back-deployment': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
  'roll-forward-deployment': (env) => ({ ...actionPorts(env), change: serviceChanges() }),
};

export type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** A call of a function's port over AWS. */
export function methodOf(ports: object, port: string, method: string): Method {
  const found: unknown = Reflect.get(ports, port);
  const member: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, method) : undefined;
  if (typeof member !== 'function') throw new Error(`There is no ${port}.${method} over AWS.`);
  return (...args) => Reflect.apply(member, found, args) as Promise<unknown>;
}

export const portsOf = (name: RoleName, env: Environment): object => {
  if (name === 'installation') throw new Error('The installation is no function of ours.');
  return wirings[name](env);
};
