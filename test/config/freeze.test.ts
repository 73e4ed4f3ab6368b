import { describe, expect, it } from 'vitest';
import { freeze } from '../../lib/config/freeze.ts';

describe('a freeze', () => {
  it('may be once, in UTC', () => {
    expect(freeze.parse({ from: '2026-12-20T00:00Z', until: '2027-01-02T06:30Z', why: 'holidays' })).toEqual({
      from: Date.UTC(2026, 11, 20),
      until: Date.UTC(2027, 0, 2, 6, 30),
      why: 'holidays',
    });
  });

  it('may come every week', () => {
    expect(freeze.parse({ every: 'friday 16:05', for: '64h', why: 'weekend' })).toEqual({
      weekday: 5,
      minute: 965,
      lasts: { hours: 64 },
      why: 'weekend',
    });
  });

  it.each([
    { from: '2026-12-20T00:00Z', until: '2026-12-20T00:00Z', why: 'ends as it begins' },
    { from: '2026-12-20', until: '2027-01-02T00:00Z', why: 'no time' },
    { from: '2026-13-40T00:00Z', until: '2027-01-02T00:00Z', why: 'no such day' },
    { from: '2026-02-30T00:00Z', until: '2026-03-20T00:00Z', why: 'February has no such day' },
    { every: 'friday 16:00', for: '7d', why: 'never ends' },
    { every: 'friday', for: '64h', why: 'no time' },
    { every: 'Friday 24:00', for: '64h', why: 'no such time' },
    { every: 'friday 16:00', for: '64h' },
    { from: '2026-12-20T00:00Z', until: '2027-01-02T00:00Z', every: 'friday 16:00', for: '1h', why: 'both' },
  ])('is refused when it makes no sense: %j', (written) => {
    expect(freeze.safeParse(written).success).toBe(false);
  });
});
