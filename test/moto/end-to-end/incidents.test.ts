import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grants } from '../../../lambdas/contract/permissions.ts';
import { simulate } from '../../../lib/simulator/simulate.ts';
import { scenarioFrom } from '../../scenarios/play-all.ts';
import { tableOf } from './acts.ts';
import { badRelease, badReleaseComingIn } from './courses/bad-release.ts';
import type { Course } from './courses/course.ts';
import { observedTask, sickTask } from './courses/sick-task.ts';
import { unhelpedTask } from './courses/unhelped-task.ts';
import { wornOut } from './courses/worn-out.ts';
import { decisionsIn } from './decisions.ts';
import { denied } from './denied.ts';
import { play } from './play.ts';
import { Stage } from './stage.ts';

const courses = [sickTask, unhelpedTask, badRelease, badReleaseComingIn, wornOut, observedTask];
const seeds = [1, 2, 3];
/** They take a minute; a busy machine gets more. */
const patience = 900_000;
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(
    '500000000001',
    courses.map(({ patient }) => patient),
  );
  await play(stage, courses);
}, patience);

afterAll(async () => {
  console.log(tableOf(stage?.acts ?? []));
  await stage?.close('incidents');
});

/** Kinds and states of the acts on a service. */
const actsOn = ({ patient: { id } }: Course) => stage.acts.filter(({ service }) => service === id);
const requestsOf = (caller: string) => stage.account.requests.filter((request) => request.caller === caller);

describe('Paramedic as it is deployed, in front of moto', () => {
  it.each(courses)('decides about $patient.id as in the simulated account', async ({ patient, scenario }) => {
    const decisions = decisionsIn(await stage.entries(patient.id));
    for (const seed of seeds) {
      const { ledger, incidents } = await simulate(scenarioFrom('equivalent.yaml', scenario), { seed });
      expect(incidents).toHaveLength(1);
      expect(decisions).toEqual(decisionsIn(ledger));
    }
  });

  it('takes the sick task out of the load balancer, then stops it, and the service recovers', async () => {
    const { fleet } = stage.patient('sick-task');
    expect(await stage.end('sick-task')).toEqual({ result: 'recovered' });
    expect(actsOn(sickTask)).toMatchObject([
      { kind: 'deregister-target', before: 'registered (3 registered)', after: 'not registered (2 registered)' },
      { kind: 'replace-task', before: 'RUNNING', after: expect.stringContaining('STOPPED ("Replaced by Paramedic') },
    ]);
    expect(await fleet.stoppedTasks()).toHaveLength(1);
    expect(await fleet.tasks()).toHaveLength(3);
    expect(await fleet.targets()).toHaveLength(3);
  });

  it('registers the target again when it did not help to take it out', async () => {
    const { fleet } = stage.patient('unhelped-task');
    expect(await stage.end('unhelped-task')).toEqual({ result: 'handed-over' });
    expect(actsOn(unhelpedTask)).toMatchObject([
      { kind: 'deregister-target', before: 'registered (3 registered)', after: 'not registered (2 registered)' },
      { kind: 'register-target', before: 'not registered (2 registered)', after: 'registered (3 registered)' },
    ]);
    expect(await fleet.targets()).toHaveLength(3);
    expect(await fleet.stoppedTasks()).toEqual([]);
  });

  it('brings the release before the bad one back with UpdateService', async () => {
    const { fleet } = stage.patient('bad-release');
    expect(await stage.end('bad-release')).toEqual({ result: 'recovered' });
    expect(actsOn(badRelease)).toMatchObject([
      {
        kind: 'roll-back-deployment',
        before: expect.stringMatching(/^bad-release:3,/),
        after: expect.stringMatching(/^bad-release:2,/),
      },
    ]);
    expect(await fleet.taskDefinition()).toBe(fleet.releases[1]?.taskDefinition);
    expect(new Set((await fleet.tasks()).map((task) => task.taskDefinitionArn))).toEqual(
      new Set([fleet.releases[1]?.taskDefinition]),
    );
  });

  it('stops a bad release that is still coming in with StopServiceDeployment', async () => {
    const { fleet } = stage.patient('bad-release-coming-in');
    expect(await stage.end('bad-release-coming-in')).toEqual({ result: 'recovered' });
    expect(actsOn(badReleaseComingIn)).toMatchObject([
      { kind: 'roll-back-deployment', before: 'deployment IN_PROGRESS', after: 'deployment ROLLBACK_REQUESTED' },
    ]);
    expect(await fleet.taskDefinition()).toBe(fleet.releases[1]?.taskDefinition);
    expect(new Set((await fleet.tasks()).map((task) => task.taskDefinitionArn))).toEqual(
      new Set([fleet.releases[1]?.taskDefinition]),
    );
  });

  it('restarts all tasks of a service that is worn out, with the same task definition', async () => {
    const { fleet } = stage.patient('worn-out');
    expect(await stage.end('worn-out')).toEqual({ result: 'recovered' });
    const [act, ...more] = actsOn(wornOut);
    expect(more).toEqual([]);
    expect(act).toMatchObject({
      kind: 'restart-service',
      before: expect.stringMatching(/^worn-out:2, deployment ecs-/),
    });
    expect(act?.after).toMatch(/^worn-out:2, deployment ecs-/);
    expect(act?.after).not.toBe(act?.before);
    expect(await fleet.stoppedTasks()).toHaveLength(4);
    expect(await fleet.tasks()).toHaveLength(4);
  });

  it('changes nothing in observe mode, and says what it would have done', async () => {
    const { fleet } = stage.patient('observed-task');
    expect(await stage.end('observed-task')).toEqual({ result: 'handed-over' });
    expect(actsOn(observedTask)).toEqual([]);
    expect(await fleet.targets()).toHaveLength(3);
    expect(await fleet.stoppedTasks()).toEqual([]);
    const last = (await stage.mail('observed-task')).at(-1);
    expect(last?.body).toMatch(/observe mode[\s\S]*Nothing was changed[\s\S]*WHAT WOULD HAVE BEEN DONE/);
    expect(last?.body).toMatch(/- Take 1 target of task \w+ out of the load balancer[\s\S]*- Replace task/);
  });

  it.each(courses)(
    'tells the owner of $patient.id, from the first message to the last',
    async ({ patient: { id } }) => {
      const mail = await stage.mail(id);
      const incident = await stage.incident(id);
      const kinds = mail.map(({ attributes }) => attributes.kind);
      const ending = (await stage.end(id))?.result;
      expect(kinds.at(0)).toBe('opened');
      expect(kinds.at(-1)).toBe(ending);
      expect(kinds.filter((kind) => kind === 'acted')).toHaveLength(
        actsOn(courseOf(id)).length === 0 ? 0 : kinds.length - 2,
      );
      for (const { attributes } of mail) expect(attributes).toMatchObject({ service: id, dedupKey: incident });
    },
  );

  it('makes each change once, and only by the function of its action', () => {
    const changes = stage.account.requests
      .filter(({ caller }) => !['fleet', 'ecs'].includes(caller))
      .filter(({ operation }) => changing.test(operation))
      .map(({ caller, operation }) => `${caller} ${operation}`)
      .sort();
    expect(changes).toEqual([
      'deregister-target elasticloadbalancing.DeregisterTargets',
      'deregister-target elasticloadbalancing.DeregisterTargets',
      'register-target elasticloadbalancing.RegisterTargets',
      'replace-task ecs.StopTask',
      'restart-service ecs.UpdateService',
      'roll-back-deployment ecs.StopServiceDeployment',
      'roll-back-deployment ecs.UpdateService',
    ]);
  });

  it('asks for nothing that the policies of the template deny', () => {
    const callers = new Set(stage.account.requests.map(({ caller }) => caller));
    // Nobody asks for anything to be rolled forward here.
    const played = Object.keys(grants).filter((kind) => kind !== 'roll-forward-deployment');
    for (const name of ['on-signal', 'recover', ...played]) expect(callers).toContain(name);
    expect(denied(stage)).toEqual([]);
  });

  it('starts one workflow for each incident, under its name and with its id alone', async () => {
    expect(stage.executions.started.size).toBe(courses.length);
    for (const { patient } of courses) {
      const incidentId = await stage.incident(patient.id);
      expect(stage.executions.started.get(`prod-${incidentId}`)).toMatchObject({ payload: { incidentId } });
    }
    expect(new Set(requestsOf('on-signal').map(({ operation }) => operation))).toEqual(
      new Set([
        'dynamodb.GetItem',
        'dynamodb.Query',
        'dynamodb.TransactWriteItems',
        'ssm.GetParameter',
        'lambda.Invoke',
      ]),
    );
  });
});

const changing =
  /^(ecs\.(StopTask|UpdateService|StopServiceDeployment)|elasticloadbalancing\.(De)?[rR]egisterTargets)$/;
const courseOf = (id: string): Course => {
  const found = courses.find(({ patient }) => patient.id === id);
  if (found === undefined) throw new Error(`There is no course of ${id}.`);
  return found;
};
