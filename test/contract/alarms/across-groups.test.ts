import { describe, expect, it } from 'vitest';
import { acrossGroups } from '../../../lambdas/contract/alarms/across-groups.ts';

describe('several target groups as one', () => {
  it('have the sum of their counts and the greatest of their healthy targets and latencies', () => {
    const one = { requests: [10, 20], healthyHosts: [3, 3], latency: [0.1, 0.5] };
    const other = { requests: [1, 2], healthyHosts: [4, 0], latency: [0.2, 0.4] };
    expect(acrossGroups([one, other])).toEqual({ requests: [11, 22], healthyHosts: [4, 3], latency: [0.2, 0.5] });
  });

  it('leave out a group without a datapoint, and have none where no group has one', () => {
    const groups = [{ healthyHosts: [null, 2, null] }, {}, { healthyHosts: [3, null, null] }];
    expect(acrossGroups(groups)).toEqual({ healthyHosts: [3, 2, null] });
  });

  it('are that group itself when there is one, and nothing when there is none', () => {
    const only = { requests: [1] };
    expect(acrossGroups([only])).toBe(only);
    expect(acrossGroups([])).toEqual({});
  });
});
