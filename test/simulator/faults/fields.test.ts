import { describe, expect, it } from 'vitest';
import {
  factor,
  growth,
  length,
  requests,
  revision,
  share,
  victims,
  zone,
} from '../../../lib/simulator/faults/fields.ts';

const fields = { factor, growth, length, requests, revision, share, victims, zone };

describe('fields of faults', () => {
  it.each([
    ['length', '500ms', 500],
    ['length', '45s', 45_000],
    ['length', '1.5m', 90_000],
    ['length', '2h', 7_200_000],
    ['share', '10%', 0.1],
    ['share', '0.5', 0.5],
    ['share', 1, 1],
    ['requests', '120/s', 120],
    ['requests', '6000/m', 100],
    ['factor', '10x', 10],
    ['factor', 1.5, 1.5],
    ['growth', '2%/m', 2],
    ['growth', '30%/h', 0.5],
    ['victims', 'all', 'all'],
    ['victims', 3, 3],
    ['zone', 'b', 'b'],
    ['revision', 43, '43'],
  ] as const)('%s reads %s', (field, written, value) => {
    expect(fields[field].parse(written)).toBe(value);
  });

  it.each([
    ['length', '5', 'a duration such as 500ms, 45s, 5m or 2h'],
    ['length', '-5m', 'a duration such as 500ms, 45s, 5m or 2h'],
    ['length', true, 'a duration such as 500ms, 45s, 5m or 2h'],
    ['share', '110%', 'a share such as 10% or 0.1, from 0 to 1'],
    ['share', -0.1, 'a share such as 10% or 0.1, from 0 to 1'],
    ['requests', '120', 'requests over time such as 120/s or 6000/m'],
    ['factor', 1, 'a factor above 1 such as 10'],
    ['growth', '2%', 'percent of memory over time such as 2%/m or 30%/h'],
    ['victims', 0, 'a number of tasks, at least 1, or "all"'],
    ['victims', 'some', 'a number of tasks, at least 1, or "all"'],
    ['zone', 'z', 'a zone: a, b, c, d, e or f'],
    ['revision', 'a b', 'a revision such as "43": 1 to 40 letters, digits, dots, dashes or underscores'],
  ] as const)('%s refuses %s, and says what is allowed', (field, written, allowed) => {
    const read = fields[field].safeParse(written);
    expect(read.error?.issues.map(({ message }) => message)).toEqual([allowed]);
  });
});
