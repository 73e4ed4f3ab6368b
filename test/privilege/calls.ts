import type { ActionKind } from '../../lambdas/contract/names.ts';
import { abandon } from '../../lambdas/pipeline/abandon.ts';
import { sweepLimits } from '../../lambdas/pipeline/sweep/limits.ts';
import { sweep } from '../../lambdas/pipeline/sweep.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import type { Installation } from '../../lib/simulator/installation.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { Play } from '../../lib/simulator/simulate.ts';
import { scenarioNamed, scenarioNames } from '../scenarios/play-all.ts';

/** One call that a function made of a port. */
export type Call = {
  readonly who: RoleName;
  readonly port: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** What the simulated account answered, once it did; undefined when it rejected. */
  answer: unknown;
  /** `on` until it was answered. */
  went: 'on' | 'well' | 'wrong';
};

const seed = 1;

/** The calls of all runs: each scenario, and some in which the workflow dies for good. */
export async function allCalls(): Promise<readonly (readonly Call[])[]> {
  const runs: (readonly Call[])[] = [];
  for (const name of scenarioNames) runs.push(await callsIn(scenarioNamed(name)));
  runs.push(await callsIn(neverBegun()));
  runs.push(await callsOfPeople(scenarioNamed('one-slow-task-of-six')));
  for (const hears of ['workflow-ended', 'sweep'] satisfies Hears[])
    for (const name of ['one-slow-task-of-six', 'bad-release'])
      for (const died of Object.values(deaths)) runs.push(await callsWithDeath(scenarioNamed(name), died, hears));
  return runs;
}

/** The workflow dies before its first entry: until then its incident has no configuration but the published one. */
function neverBegun(): Scenario {
  const scenario = scenarioNamed('one-slow-task-of-six');
  const fault = { at: 0, kind: 'api-errors', service: undefined, operations: 'ledger.append', rate: 1 } as const;
  return { ...scenario, faults: [...scenario.faults, fault] };
}

/** All calls of all functions, in order, while the scenario is played. */
async function callsIn(scenario: Scenario): Promise<readonly Call[]> {
  const play = new Play(scenario, { seed });
  const calls = record(play);
  await play.until(scenario.duration);
  return calls;
}

/** Who hears that a workflow has died for good: the function that is told, or the sweep when nobody was. */
type Hears = 'workflow-ended' | 'sweep';

/** When a workflow dies: at its first look, between an act and hearing of its end, or after it. */
const deaths = {
  'at its first look': ({ who }: Call) => who === 'recover',
  'in the middle of an act': ({ method, went }: Call) => method === 'claim' && went === 'well',
  'after an act': ({ port, went }: Call) => port === 'change' && went === 'well',
} as const;

/** The same, but the workflow of every incident has died for good once there was such a call. */
async function callsWithDeath(
  scenario: Scenario,
  died: (call: Call) => boolean,
  hears: Hears,
): Promise<readonly Call[]> {
  const play = new Play(scenario, { seed });
  const calls = record(play);
  let at = 0;
  while (!calls.some(died)) {
    if (at > scenario.duration) throw new Error(`In ${scenario.name} there is no such call.`);
    at += 20;
    await play.until(at);
  }
  const heard = hears === 'sweep' ? sweptUp(play) : told(play, calls);
  await play.until(at + 10 * 60_000);
  await heard;
  return calls;
}

/** `workflow-ended` is told of every incident. */
async function told({ installation }: Play, calls: readonly Call[]): Promise<void> {
  const ports = installation.workflowEndedPorts();
  const opened = calls.flatMap(({ method, answer }) => (method === 'open' && answer ? [answer as { id: string }] : []));
  await Promise.all(opened.map(({ id }) => untilDone(installation, () => abandon(id, 'The workflow failed.', ports))));
}

/** The sweep finds every incident without a workflow, and waits for nobody else to be told. */
async function sweptUp({ installation }: Play): Promise<void> {
  const { clock, pipeline } = installation;
  const ended = { kind: 'ended', at: clock.now(), how: 'FAILED' } as const;
  const ports = installation.sweepPorts({ start: async () => {} }, { stateOf: async () => ended });
  await untilDone(installation, async () => {
    const { failed } = await sweep(ports, pipeline, { ...sweepLimits, ending: { minutes: 0 } });
    if (failed.length > 0) throw new Error(failed.join(' '));
  });
}

/** Lambda and the schedule try again, too: a message may have to wait for its turn. */
async function untilDone({ clock }: Pick<Installation, 'clock'>, run: () => Promise<void>, tries = 5): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (tries === 1) throw error;
    await clock.sleep(60_000);
    await untilDone({ clock }, run, tries - 1);
  }
}

/** A person pauses a service, and resumes all, while the scenario is played; nobody in a scenario does. */
async function callsOfPeople(scenario: Scenario): Promise<readonly Call[]> {
  const play = new Play(scenario, { seed });
  const calls = record(play);
  await play.until(10 * 60_000);
  const [service] = scenario.services;
  const asked = (async () => {
    const pause = { kind: 'pause', service: service?.settings.id ?? null, for: null, why: 'a test' } as const;
    await play.functions.operate(pause, 'ann');
    await play.functions.operate({ kind: 'resume', service: null, why: 'a test' }, 'ann');
  })();
  await play.until(20 * 60_000);
  await asked;
  return calls;
}

/** Puts a recorder between every function and its ports. What `recover` invokes is seen where the action wakes up. */
function record({ installation }: Play): Call[] {
  const calls: Call[] = [];
  const { signalPorts, recoverPorts, workflowEndedPorts, stopPorts, operatorPorts, sweepPorts, actionPorts } =
    installation;
  installation.signalPorts = (workflows) => recording(calls, 'on-signal', signalPorts.call(installation, workflows));
  installation.recoverPorts = () => recording(calls, 'recover', recoverPorts.call(installation));
  installation.stopPorts = () => recording(calls, 'stop', stopPorts.call(installation));
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
      went: 'well',
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
          const call: Call = { who, port, method: String(method), args, answer: undefined, went: 'on' };
          calls.push(call);
          return answer.then(
            (value: unknown) => {
              call.answer = value;
              call.went = 'well';
              return value;
            },
            (error: unknown) => {
              call.went = 'wrong';
              throw error;
            },
          );
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
