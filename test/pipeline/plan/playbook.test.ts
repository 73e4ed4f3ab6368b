import { describe, expect, it } from 'vitest';
import { grants } from '../../../lambdas/contract/permissions.ts';
import { reasons } from '../../../lambdas/contract/reasons.ts';
import { playbook } from '../../../lambdas/pipeline/plan/playbook.ts';
import { everyDiagnosis, settings } from '../build.ts';

const table = Object.fromEntries(Object.entries(playbook).map(([kind, { rungs }]) => [kind, rungs]));

describe('the playbook', () => {
  it('is this table, least invasive rung first', () => {
    expect(table).toEqual({
      'sick-target': [['deregister-target', 'replace-task']],
      'bad-deployment': [['roll-back-deployment']],
      'worn-out': [['restart-service']],
      'shared-cause': [],
      'aws-is-healing': [],
      undetermined: [],
    });
  });

  it('treats one task where a task is sick, and else the whole service', () => {
    for (const [kind, { treats }] of Object.entries(playbook))
      expect(treats).toBe(kind === 'sick-target' ? 'one-task' : 'service');
  });

  it('has a ladder for every diagnosis, and below each stands a person', () => {
    for (const { kind } of everyDiagnosis) expect(reasons).toHaveProperty([playbook[kind].below.handOver]);
  });

  it('watches AWS heal and looks again when undetermined, for as long as the settings say, and else never waits', () => {
    const waits = Object.entries(playbook).flatMap(([kind, { wait }]) => (wait === null ? [] : [[kind, wait]]));
    expect(Object.fromEntries(waits)).toEqual({ 'aws-is-healing': 'healingWithin', undetermined: 'undeterminedAfter' });
    for (const [, wait] of waits) expect(settings().timing).toHaveProperty(String(wait));
  });

  it('uses every action but the ways back', () => {
    const used = new Set(Object.values(playbook).flatMap(({ rungs }) => rungs.flat()));
    expect([...used, 'register-target', 'roll-forward-deployment'].sort()).toEqual(Object.keys(grants).sort());
  });
});
