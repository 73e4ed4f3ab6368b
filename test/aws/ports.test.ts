import { describe, expect, it, vi } from 'vitest';
import { entryMetrics } from '../../lambdas/aws/entry-metrics.ts';
import { awsIds } from '../../lambdas/aws/ids.ts';
import { once } from '../../lambdas/aws/once.ts';
import {
  actionPorts,
  recoverFunctions,
  recoverPorts,
  signalPorts,
  sweepPorts,
  workflowEndedPorts,
} from '../../lambdas/aws/ports.ts';
import { incidentIdPattern } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import { order, ordered, recovered } from '../contract/ledger-samples.ts';

const env = {
  PIPELINE: 'prod',
  LEDGER_TABLE: 'ledger',
  RECOVER_FUNCTION: 'recover:live',
  OWN_ALARM_LISTS: '0',
  MESSAGE_LIMIT: '{"most":20,"window":{"minutes":10}}',
  OPERATOR_API: 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live',
};
const arns = Object.fromEntries(Object.keys(grants).map((kind) => [kind, `arn:${kind}:1`]));

describe('wiring', () => {
  it.each([
    ['on-signal', signalPorts],
    ['recover', recoverPorts],
    ['workflow-ended', workflowEndedPorts],
    ['sweep', sweepPorts],
    ['an action', actionPorts],
  ])('gives %s its ports from its environment', (_, wire) => {
    expect(Object.keys(wire(env))).toContain('ledger');
  });

  it.each([
    ['PIPELINE', signalPorts],
    ['LEDGER_TABLE', actionPorts],
    ['RECOVER_FUNCTION', signalPorts],
    ['OWN_ALARM_LISTS', sweepPorts],
    ['MESSAGE_LIMIT', workflowEndedPorts],
    ['OPERATOR_API', recoverPorts],
  ] as const)('says that %s is not set', (name, wire) => {
    expect(() => wire({ ...env, [name]: undefined })).toThrow(`The environment variable ${name} is not set`);
  });

  it('reads how many messages a topic gets', () => {
    for (const wire of [recoverPorts, workflowEndedPorts, sweepPorts])
      expect(wire(env).outbox.limit).toEqual({ most: 20, window: { minutes: 10 } });
    expect(() => recoverPorts({ ...env, MESSAGE_LIMIT: '{"most":0,"window":{"minutes":10}}' })).toThrow(
      'The environment variable MESSAGE_LIMIT is not as it should be: MESSAGE_LIMIT.most is 0; it must be a number above 0.',
    );
  });

  it('reads the versions of the action functions', () => {
    expect(recoverFunctions({ ACTION_FUNCTIONS: JSON.stringify(arns) })).toEqual(arns);
  });

  it.each([
    ['{', 'The environment variable ACTION_FUNCTIONS is no JSON: {'],
    ['[]', 'ACTION_FUNCTIONS is []; it must be an object'],
    [JSON.stringify({ ...arns, 'replace-task': '' }), 'ACTION_FUNCTIONS.replace-task is ""; it must be a text'],
  ])('refuses %s for the action functions', (given, says) => {
    expect(() => recoverFunctions({ ACTION_FUNCTIONS: given })).toThrow(says);
  });

  it('is made once, and tried again when it could not be', () => {
    let tries = 0;
    const made = once(() => {
      if (++tries === 1) throw new Error('not yet');
      return { tries };
    });
    expect(made).toThrow('not yet');
    expect(made()).toBe(made());
    expect(tries).toBe(2);
  });
});

describe('awsIds', () => {
  it('makes tails of incident ids, each another one', () => {
    const ids = Array.from({ length: 1000 }, () => awsIds.next());
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every((id) => /^[a-z0-9]{8}$/.test(id) && incidentIdPattern.test(`20260105-120000-${id}`))).toBe(true);
  });
});

describe('entryMetrics', () => {
  it('counts what entries tell of, by pipeline, in the embedded metric format', () => {
    const lines: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const incident = { id: 'i', service: 'checkout', openedAt: 0, fence: 1, status: 'started' } as const;
    entryMetrics('prod')([ordered(order(incident)), ordered(order(incident, 'order-2')), recovered(incident)]);
    entryMetrics('prod')([]);
    stdout.mockRestore();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      pipeline: 'prod',
      ActionsDetected: 2,
      ActionsEnforced: 2,
      IncidentsRecovered: 1,
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Paramedic',
            Dimensions: [['pipeline']],
            Metrics: ['ActionsDetected', 'ActionsEnforced', 'IncidentsRecovered'].map((Name) => ({
              Name,
              Unit: 'Count',
            })),
          },
        ],
      },
    });
  });

  it('counts what a person said no to as detected, and not as enforced', () => {
    const lines: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const { proposal } = order({ id: 'i', service: 'checkout', openedAt: 0, fence: 1, status: 'started' });
    const ruling = {
      verdict: { kind: 'allow' },
      findings: [],
      bite: 'withhold',
      withheldFor: 'approval.rejected',
    } as const;
    entryMetrics('prod')([
      { kind: 'ActionWithheld', id: 'w', incident: 'i', service: 'checkout', at: 0, proposal, ruling },
    ]);
    stdout.mockRestore();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ pipeline: 'prod', ActionsDetected: 1 }]);
    expect(lines[0]).not.toContain('ActionsEnforced');
  });

  it('counts the incidents whose configuration was no use, for the alarm on Paramedic itself', () => {
    const lines: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const facts = { id: 'end', incident: 'i', service: 'checkout', at: 0, says: '', notDone: [], leftUndone: [] };
    entryMetrics('prod')([{ ...facts, kind: 'HandedOver', reason: 'plan.exhausted' }]);
    entryMetrics('prod')([{ ...facts, kind: 'HandedOver', reason: 'settings.missing' }]);
    stdout.mockRestore();
    const [usual, blind] = lines.map((line) => JSON.parse(line));
    expect(usual).not.toHaveProperty('SettingsUnusable');
    expect(blind).toMatchObject({ pipeline: 'prod', IncidentsHandedOver: 1, SettingsUnusable: 1 });
  });
});
