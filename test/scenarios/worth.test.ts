import { describe, expect, it } from 'vitest';
import { toolkitNames } from '../../lambdas/pipeline/toolkit.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import { scenarioNamed, scenarioNames } from './play-all.ts';

/** One scenario for each part that misses its expectations without it; `paramedic simulate --ablation` prints them all. */
const needs: Readonly<Record<string, string>> = {
  'sick-target': 'one-slow-task-of-six',
  'bad-deployment': 'bad-release',
  'shared-cause': 'dependency-down',
  'worn-out': 'memory-leak',
  'aws-is-healing': 'all-tasks-crashed',
  'kill-switch': 'paused',
  'min-healthy-targets': 'every-task-needed',
  'max-share-disrupted': 'none-may-be-out',
  cooldown: 'cooldown',
  'repeat-limit': 'repeat-limit',
  'deployment-in-progress': 'sick-task-during-a-deployment',
  'rollback-target-known-good': 'release-before-not-proven',
  'deployment-keeps-capacity': 'no-room-to-roll-back',
  'restart-changes-nothing': 'leak-with-a-moved-tag',
  'somebody-is-told': 'nobody-listens',
  'fresh-evidence': 'late-logs',
  'survivor-load': 'domino-under-overload',
  'replacements-start': 'replacements-cannot-start',
  'common-cause': 'zone-impaired',
  'change-freeze': 'change-freeze',
  'failure-block': 'change-that-aws-rejects',
  'ineffective-limit': 'treatment-without-effect',
  ban: 'undone-act-is-banned',
  'no-rollback': 'release-that-must-not-go-back',
  'zone-floor': 'last-healthy-target-of-its-zone',
  'task-protected': 'protected-task',
  'someone-else-is-deploying': 'stack-update-during-an-incident',
  'scaling-in-progress': 'scaling-during-an-incident',
  'many-services': 'many-services-at-once',
  'velocity-budget': 'velocity-grows',
  'error-budget': 'own-error-budget',
  'deregister-target': 'one-slow-task-of-six',
  'register-target': 'treatment-that-does-not-help',
  'replace-task': 'one-slow-task-of-six',
  'restart-service': 'memory-leak',
  'roll-back-deployment': 'bad-release',
  'roll-forward-deployment': 'rollback-makes-it-worse',
  'hand-over': 'dependency-down',
};

describe('what every part is worth', () => {
  it('is shown for each part of the toolkit', () => {
    expect(Object.keys(needs).sort()).toEqual([...toolkitNames].sort());
  });

  it.each(Object.entries(needs))('without %s, %s misses its expectations', async (without, name) => {
    const { failures, violations } = await simulate(scenarioNamed(name), { seed: 1, without });
    expect([...failures, ...violations]).not.toEqual([]);
  });

  const helped = scenarioNames.filter((name) => (scenarioNamed(name).expect.mitigatedWithin ?? 0) > 0);

  it('has scenarios in which Paramedic helps in time', () => {
    expect(helped.length).toBeGreaterThan(10);
  });

  it.each(helped)('without Paramedic, %s misses its expectations', async (name) => {
    const { failures } = await simulate(scenarioNamed(name), { seed: 1, without: 'paramedic' });
    expect(failures).not.toEqual([]);
  });
});
