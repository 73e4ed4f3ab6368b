import type { ActionKind } from '../../lambdas/contract/names.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import { operate } from '../../lambdas/pipeline/operate.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { Play } from '../../lib/simulator/simulate.ts';

/** One call that a function made of a port. */
export type Call = {
  readonly who: RoleName;
  readonly port: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** What the simulated account answered; undefined when it rejected. */
  answer: unknown;
};

const seed = 1;

/** All calls of all functions, in order, while the scenario is played. */
export async function callsIn(scenario: Scenario): Promise<readonly Call[]> {
  const play = new Play(scenario, { seed });
  const calls = record(play);
  await play.until(scenario.duration);
  return calls;
}

/** The same, but at this instant the workflow of every incident has died for good, and workflow-ended is told. */
export async function callsWithDeath(scenario: Scenario, at: number): Promise<readonly Call[]> {
  const play = new Play(scenario, { seed });
  const calls = record(play);
  await play.until(at);
  const ports = play.installation.workflowEndedPorts();
  const opened = calls.filter(({ method, answer }) => method === 'open' && answer !== undefined);
  const ended = opened.map(({ answer }) => abandon((answer as { id: string }).id, 'The workflow failed.', ports));
  await play.until(at + 10 * 60_000);
  await Promise.all(ended);
  return calls;
}

/**
 * What people ask for while the scenario is played, and what the workflow of the incident may be handed for them: reads of
 * the incident, an entry, and a start.
 */
export async function callsOfPeople(scenario: Scenario, at: number): Promise<readonly Call[]> {
  const play = new Play(scenario, { seed });
  const calls = record(play);
  await play.until(at);
  const ports = play.installation.operatorPorts({ start: async () => {} });
  const { answer } = calls.find(({ method, answer }) => method === 'open' && answer !== undefined) ?? {};
  const { id: incident, service } = answer as { readonly id: string; readonly service: string };
  const asked = (async () => {
    await operate({ kind: 'pause', service, until: null, why: 'a test' }, 'ann', ports);
    await operate({ kind: 'resume', service: null, why: 'a test' }, 'ann', ports);
    await ports.ledger.incident(incident);
    await ports.ledger.entries(incident);
    const entry = { kind: 'RungTried', id: 'asked', incident, service, at, rung: 'asked' } as const;
    await ports.ledger.append([entry]);
    await ports.workflows.start({ incidentId: incident });
  })();
  await play.until(at + 10 * 60_000);
  await asked;
  return calls;
}

/** Puts a recorder between every function and its ports. What `recover` invokes is seen where the action wakes up. */
function record({ installation }: Play): Call[] {
  const calls: Call[] = [];
  const { signalPorts, recoverPorts, workflowEndedPorts, operatorPorts, sweepPorts, actionPorts } = installation;
  installation.signalPorts = (workflows) => recording(calls, 'on-signal', signalPorts.call(installation, workflows));
  installation.recoverPorts = () => recording(calls, 'recover', recoverPorts.call(installation));
  installation.operatorPorts = (workflows) => recording(calls, 'operate', operatorPorts.call(installation, workflows));
  installation.workflowEndedPorts = () => recording(calls, 'workflow-ended', workflowEndedPorts.call(installation));
  installation.sweepPorts = (...given) => recording(calls, 'sweep', sweepPorts.apply(installation, given));
  installation.actionPorts = (<K extends ActionKind>(kind: K, ref: Parameters<typeof actionPorts>[1]) => {
    calls.push({
      who: 'recover',
      port: 'workflow',
      method: 'act',
      args: [`act ${ref.orderId}`, kind, ref],
      answer: null,
    });
    return recording(calls, kind, actionPorts.call(installation, kind, ref));
  }) as typeof actionPorts;
  return calls;
}

/** The same ports, with every asynchronous call written down. */
function recording<P extends object>(calls: Call[], who: RoleName, ports: P): P {
  const ofPort = (port: string, target: object): object =>
    new Proxy(target, {
      get: (_, method) => {
        const member: unknown = Reflect.get(target, method);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(member, target, args);
          if (!(answer instanceof Promise)) return answer;
          const call: Call = { who, port, method: String(method), args, answer: undefined };
          calls.push(call);
          return answer.then((value: unknown) => {
            call.answer = value;
            return value;
          });
        };
      },
    });
  return new Proxy(ports, {
    get: (target, port) => {
      const value: unknown = Reflect.get(target, port);
      return typeof value === 'object' && value !== null ? ofPort(String(port), value) : value;
    },
  });
}
