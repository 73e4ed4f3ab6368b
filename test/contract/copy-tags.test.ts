import { describe, expect, it } from 'vitest';
import { copiedFrom, tagsOfCopy, wasCopiedFor } from '../../lambdas/contract/copy-tags.ts';
import { orderRef, taskDefinition } from '../pipeline/build.ts';

const tags = tagsOfCopy({ original: taskDefinition(42), for: orderRef });

describe('the tags of a copy', () => {
  it('say what it is a copy of, and for which incident and order', () => {
    expect(tags).toEqual({
      'paramedic.copy-of': 'checkout:42',
      'paramedic.copied-for': `${orderRef.incidentId}/${orderRef.orderId}`,
    });
    expect(copiedFrom(taskDefinition(44), tags)).toBe(taskDefinition(42));
    expect(wasCopiedFor(orderRef.incidentId, tags)).toBe(true);
    expect(wasCopiedFor('20260105-115500-bbbbbbbb', tags)).toBe(false);
  });

  it('say so of a family with the longest name there may be', () => {
    const longest = taskDefinition(42).replace('checkout', 'a'.repeat(255));
    const { 'paramedic.copy-of': of } = tagsOfCopy({ original: longest, for: orderRef });
    expect(of).toHaveLength(256);
    expect(copiedFrom(longest.replace(':42', ':44'), { 'paramedic.copy-of': of ?? '' })).toBe(longest);
  });

  it.each([{}, { 'paramedic.copy-of': '' }, { 'paramedic.copy-of': 'checkout' }, { 'paramedic.copy-of': 'a:b' }])(
    'say nothing when somebody has written them otherwise: %j',
    (other: Record<string, string>) => {
      expect(copiedFrom(taskDefinition(44), other)).toBeNull();
      expect(wasCopiedFor(orderRef.incidentId, other)).toBe(false);
    },
  );
});
