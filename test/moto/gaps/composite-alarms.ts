import type { CompositeAlarm } from '@aws-sdk/client-cloudwatch';
import type { Account, Gap } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonIn, jsonReply } from '../harness/replies.ts';

type Put = Pick<
  CompositeAlarm,
  'AlarmName' | 'AlarmRule' | 'AlarmDescription' | 'ActionsEnabled' | 'AlarmActions' | 'OKActions'
>;
type Kind = 'MetricAlarm' | 'CompositeAlarm';
type Describe = { AlarmNames?: string[]; AlarmNamePrefix?: string; AlarmTypes?: Kind[]; StateValue?: string };

const largestRule = 10_240;
const mostElements = 500;

/**
 * Composite alarms beside moto's metric alarms: it answers an error to PutCompositeAlarm
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html). Their states are not evaluated,
 * as moto evaluates none.
 */
export function compositeAlarms(account: () => Pick<Account, 'arn'>): Gap {
  const alarms = new Map<string, CompositeAlarm>();
  return {
    operations: ['monitoring.PutCompositeAlarm', 'monitoring.DescribeAlarms', 'monitoring.DeleteAlarms'],
    because: 'composite alarms',
    async answer({ operation, body }: Asked, forward) {
      if (operation === 'monitoring.PutCompositeAlarm') return put(body as Put, alarms, account());
      if (operation === 'monitoring.DeleteAlarms') {
        for (const name of (body as { AlarmNames: string[] }).AlarmNames) alarms.delete(name);
        return undefined;
      }
      const asked = body as Describe;
      const found = [...alarms.values()].filter((alarm) => isAsked(alarm, asked));
      const reply = await forward();
      if (found.length === 0 || reply.status !== 200) return reply;
      return jsonReply({ ...jsonIn(reply), CompositeAlarms: found });
    },
  };
}

function put(
  { AlarmName = '', AlarmRule = '', ...rest }: Put,
  alarms: Map<string, CompositeAlarm>,
  account: Pick<Account, 'arn'>,
) {
  const wrong = whatIsWrong(AlarmName, AlarmRule);
  if (wrong !== undefined) return jsonReply({ __type: 'ValidationError', message: wrong }, 400);
  // A new alarm has no state yet; one that is changed keeps its state.
  const { StateValue = 'INSUFFICIENT_DATA' } = alarms.get(AlarmName) ?? {};
  const AlarmArn = account.arn('cloudwatch', `alarm:${AlarmName}`);
  alarms.set(AlarmName, { ActionsEnabled: true, ...rest, AlarmName, AlarmRule, AlarmArn, StateValue });
  return jsonReply({});
}

/** States of alarms, TRUE and FALSE, with AND, OR, NOT and parentheses. A name needs no quotation marks. */
function whatIsWrong(name: string, rule: string): string | undefined {
  if (name === '' || name.length > 255) return 'AlarmName must have 1 to 255 characters.';
  if (rule === '' || rule.length > largestRule) return `AlarmRule must have 1 to ${largestRule} characters.`;
  const elements = rule.match(
    /(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"[^"]+"|[^()"]+?)\s*\)|\bTRUE\b|\bFALSE\b|[()]/g,
  );
  if ((elements ?? []).length > mostElements) return `AlarmRule must have at most ${mostElements} elements.`;
  return isExpression(rule) ? undefined : `AlarmRule "${rule}" is not valid.`;
}

/** Replaces what is an expression by E until nothing else is left, or nothing more can be replaced. */
function isExpression(rule: string): boolean {
  let rest = rule
    .replace(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"[^"]+"|[^()"]+?)\s*\)|\b(?:TRUE|FALSE)\b/g, 'E')
    .replace(/\s+/g, ' ')
    .trim();
  for (;;) {
    const shorter = rest.replace(/\( ?E ?\)|NOT E|E (?:AND|OR) E/g, 'E');
    if (shorter === rest) return rest === 'E';
    rest = shorter;
  }
}

const isAsked = (
  { AlarmName = '', StateValue }: CompositeAlarm,
  { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue: state }: Describe,
): boolean =>
  // Without types, DescribeAlarms speaks of metric alarms alone.
  AlarmTypes?.includes('CompositeAlarm') === true &&
  (AlarmNames === undefined || AlarmNames.includes(AlarmName)) &&
  (AlarmNamePrefix === undefined || AlarmName.startsWith(AlarmNamePrefix)) &&
  (state === undefined || StateValue === state);
