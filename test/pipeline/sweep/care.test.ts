import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../lambdas/model/incident.ts';
import { careFor, firstCare } from '../../../lambdas/pipeline/sweep/care.ts';
import { sweepLimits } from '../../../lambdas/pipeline/sweep/limits.ts';
import type { ExecutionState } from '../../../lambdas/ports/sweep.ts';
import { hours, minutes, now, thisIncident } from '../build.ts';

const incident = (status: Incident['status'], openedAt = now - minutes(30)): Incident => ({
  id: thisIncident,
  service: 'checkout',
  openedAt,
  fence: 1,
  status,
});
const ended = (at = now - minutes(5)): ExecutionState => ({ kind: 'ended', at, how: 'STOPPED' });
const care = (status: Incident['status'], state: ExecutionState, openedAt?: number) =>
  careFor(incident(status, openedAt), state, now, sweepLimits);

describe('an open incident at first sight', () => {
  const first = (status: Incident['status'], age: number) => firstCare(incident(status, now - age), now, sweepLimits);

  it('is started again when it has been starting for two minutes', () => {
    expect(first('starting', minutes(2))).toBe('start');
    expect(first('starting', minutes(2) - 1)).toBe('none');
  });

  it.each(['started', 'handed-over'] as const)('is looked after when it is %s and five minutes old', (status) => {
    expect(first(status, minutes(5))).toBe('look');
    expect(first(status, minutes(5) - 1)).toBe('none');
  });

  it('needs nothing when it was closed meanwhile', () => {
    expect(first('closed', hours(1))).toBe('none');
  });
});

describe('an open incident whose workflow', () => {
  it.each(['running', 'unknown'] as const)('is %s needs nothing', (kind) => {
    expect(care('started', { kind })).toEqual({ kind: 'none' });
    expect(care('handed-over', { kind })).toEqual({ kind: 'none' });
  });

  it('has ended is abandoned, five minutes after nobody heard of it, and says how it ended', () => {
    const because = 'The workflow of the incident ended (STOPPED) and nobody heard of it.';
    expect(care('started', ended())).toEqual({ kind: 'abandon', because });
    expect(care('started', ended(now - minutes(5) + 1))).toEqual({ kind: 'none' });
  });

  it('has ended is freed when its alarms are OK, if a person has it', () => {
    expect(care('handed-over', ended())).toEqual({ kind: 'free-when-quiet' });
  });

  it('is older than any workflow lives has none, whatever is said of it', () => {
    const because = 'The incident has been open for longer than a workflow lives.';
    expect(care('started', { kind: 'running' }, now - hours(97))).toEqual({ kind: 'abandon', because });
    expect(care('handed-over', { kind: 'unknown' }, now - hours(97))).toEqual({ kind: 'free', because });
    expect(care('started', { kind: 'running' }, now - hours(97) + 1)).toEqual({ kind: 'none' });
  });

  it('has ended needs nothing more when it was closed meanwhile, or is being started again', () => {
    expect(care('closed', ended())).toEqual({ kind: 'none' });
    expect(care('starting', ended())).toEqual({ kind: 'none' });
  });
});
