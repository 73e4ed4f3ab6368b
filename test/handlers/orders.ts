import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { EntryOf } from '../../lambdas/model/ledger-entry.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { Subjects } from '../../lambdas/model/proposal.ts';
import type { Signal } from '../../lambdas/model/signal.ts';
import { targetRef, taskArn, taskDefinition } from '../pipeline/build.ts';
import { deploymentArn } from '../recorded/answers.ts';

/** What each action is done to. */
function subjects({ resources }: ServiceSettings): { readonly [K in ActionKind]: Subjects[K] } {
  const { cluster, service, targetGroups } = resources;
  const ofTask = {
    task: { cluster, task: taskArn(1) },
    targets: targetGroups.map((targetGroup) => targetRef(1, targetGroup)),
  };
  return {
    'deregister-target': ofTask,
    'register-target': ofTask,
    'replace-task': ofTask,
    'restart-service': { service: { cluster, service }, onTopOf: deploymentArn(42) },
    'roll-back-deployment': {
      service: { cluster, service },
      deployment: deploymentArn(42),
      from: taskDefinition(42),
      way: 'update-service',
      to: taskDefinition(41),
      good: deploymentArn(41),
    },
    'roll-forward-deployment': {
      service: { cluster, service },
      from: taskDefinition(42),
      to: taskDefinition(41),
      good: deploymentArn(42),
      deployment: deploymentArn(41),
    },
  };
}

export const signal = (at: number): Signal => ({
  id: `errors|${at}`,
  service: 'checkout',
  kind: 'errors',
  alarm: 'paramedic/prod/checkout/errors',
  state: 'firing',
  at,
  source: 'cloudwatch-alarm',
  says: 'Threshold crossed.',
});

/** The entry by which `recover` orders an action, resting on evidence of this moment. */
export function ordered(
  kind: ActionKind,
  incident: Incident,
  settings: ServiceSettings,
  now: number,
): EntryOf<'ActionStarted'> {
  const order: Order = {
    version: 1,
    id: '1',
    incidentId: incident.id,
    service: incident.service,
    fence: incident.fence,
    expiresAt: now + 600_000,
    settings,
    proposal: {
      key: `${kind}|1`,
      kind,
      subject: subjects(settings)[kind],
      subjectName: 'task 00000000',
      rationale: 'It fails.',
      because: [{ kind: 'TargetsAlike', source: 'target-health', at: now, says: 'Seen just now.', targets: 3 }],
      expects: { see: 'registered', by: { minutes: 5 } },
      wayBack: { kind: 'none', says: 'None.' },
    },
    load: { at: now, requests: 4, cpu: { most: 20, newest: 20 } },
    rung: 'rung',
    undoes: kind === 'register-target' || kind === 'roll-forward-deployment' ? '0' : null,
  };
  const ruling = { verdict: { kind: 'allow' }, findings: [], bite: 'enforce' } as const;
  return {
    kind: 'ActionStarted',
    id: '1.started',
    incident: incident.id,
    service: incident.service,
    at: now,
    order,
    ruling,
  };
}
