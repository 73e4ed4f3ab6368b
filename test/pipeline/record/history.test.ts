import { describe, expect, it } from 'vitest';
import { history } from '../../../lambdas/pipeline/record/history.ts';
import {
  deployment,
  done,
  earlierIncident,
  hours,
  minutes,
  now,
  refused,
  taskDefinition,
  thisIncident,
} from '../build.ts';
import { checked, completed, condemned, held, opened, started } from './entries.ts';

const earlier = { incident: earlierIncident };

describe('the history of a service', () => {
  it('has the acts of all incidents, each with what became of it', () => {
    // Orders are numbered anew in each incident.
    const entries = [
      started('1', now - hours(2), {}, earlier),
      completed('1', done(now - hours(2)), now - hours(2), earlier),
      checked('1', 'helped', now - hours(1), earlier),
      opened(now),
      started('1', now),
    ];
    expect(history(entries, [], []).acts).toMatchObject([
      { incident: earlierIncident, at: now - hours(2), order: { id: '1' }, result: { kind: 'done' }, check: 'helped' },
      { incident: thisIncident, at: now, order: { id: '1' }, result: null, check: null },
    ]);
  });

  it('has no refused orders, and none that were only held', () => {
    expect(history([held(now), started('1', now), completed('1', refused, now)], [], []).acts).toEqual([]);
  });

  it('has those that AWS rejected: they failed', () => {
    const result = { kind: 'refused', reason: 'change.rejected', says: 'Throttled.' } as const;
    const entries = [started('1', now - hours(1), {}, earlier), completed('1', result, now - minutes(59), earlier)];
    expect(history([...entries, ...entries], [], []).acts).toMatchObject([
      { incident: earlierIncident, at: now - hours(1), order: { id: '1' }, result, check: null },
    ]);
    expect(history(entries.slice(1), [], []).acts).toEqual([]);
  });

  it('knows condemned releases of all time, each once and the first of them first', () => {
    const first = condemned(42, now - hours(900), earlier);
    const second = condemned(43, now - minutes(3));
    const release = (revision: number) => {
      const { copyOf, content, images } = deployment(revision, now);
      return { taskDefinition: taskDefinition(revision), copyOf, content, images, changed: 'images' };
    };
    expect(history([second], [second, first], []).condemned).toEqual([
      { incident: earlierIncident, at: first.at, ...release(42) },
      { incident: thisIncident, at: second.at, ...release(43) },
    ]);
  });

  it('takes in what was condemned a moment ago, listed or not', () => {
    expect(history([condemned(42, now)], [], []).condemned).toHaveLength(1);
  });

  it('passes on when incidents were open', () => {
    const incidents = [{ id: thisIncident, openedAt: now, closedAt: null }];
    expect(history([], [], incidents)).toEqual({ acts: [], condemned: [], incidents });
  });
});
