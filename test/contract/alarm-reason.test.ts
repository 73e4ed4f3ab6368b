import { expect, it } from 'vitest';
import { readableReason } from '../../lambdas/contract/alarm-reason.ts';

it("makes CloudWatch's own words readable", () => {
  const reason =
    'Threshold Crossed: 2 out of the last 3 datapoints [0.12391199172200913 (05/01/26 00:04:00), 1234.56789 (05/01/26 00:05:00)] was greater than the threshold (0.4) (minimum 2 datapoints for OK -> ALARM transition).';
  expect(readableReason(reason)).toBe(
    'Threshold Crossed: 2 out of the last 3 datapoints [0.124 at 00:04, 1230 at 00:05] was greater than the threshold (0.4).',
  );
});

it('leaves other words as they are', () => {
  expect(readableReason('arn:aws:cloudwatch:x:1:alarm:A transitioned to ALARM')).toBe(
    'arn:aws:cloudwatch:x:1:alarm:A transitioned to ALARM',
  );
});
