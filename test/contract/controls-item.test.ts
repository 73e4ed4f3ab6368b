import { describe, expect, it } from 'vitest';
import { controlsAttributes, installedControls, isPaused, pauseCommand } from '../../lambdas/contract/controls-item.ts';

describe('the item that controls Paramedic', () => {
  it('says running when it is installed', () => {
    expect(controlsAttributes(installedControls)).toEqual({
      pk: { S: 'CONTROLS' },
      sk: { S: 'EVERYTHING' },
      paused: { BOOL: false },
      by: { S: 'installation' },
      why: { S: 'Paramedic was installed.' },
    });
  });

  it('holds a pause until its time has come, and one without a time for ever', () => {
    expect(isPaused({ paused: true }, 5)).toBe(true);
    expect(isPaused({ paused: true, until: 6 }, 5)).toBe(true);
    expect(isPaused({ paused: true, until: 5 }, 5)).toBe(false);
    expect(isPaused({ paused: false, until: 6 }, 5)).toBe(false);
  });

  it('writes the time of a pause as a number', () => {
    expect(controlsAttributes({ ...installedControls, paused: true, until: 17 })).toMatchObject({ until: { N: '17' } });
  });
});

describe('the line that pauses Paramedic on a service', () => {
  it('is one line whose item DynamoDB takes as it is', () => {
    const line = pauseCommand({ id: 'checkout', ledgerTable: 'paramedic-prod-ledger' }, 'eu-central-1');
    const [, item = ''] =
      /^aws dynamodb put-item --region eu-central-1 --table-name paramedic-prod-ledger --item '([^']+)'$/.exec(line) ??
      [];
    expect(JSON.parse(item)).toEqual({
      pk: { S: 'CONTROLS' },
      sk: { S: 'SERVICE#checkout' },
      paused: { BOOL: true },
      by: { S: 'on-call' },
      why: { S: 'stopped by hand' },
    });
  });
});
