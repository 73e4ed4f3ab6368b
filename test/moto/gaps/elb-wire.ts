import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import type { Forward, Reply } from '../harness/account.ts';

const namespace = 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/';

/** An answer as ELB gives it; `inner` is the result's own XML. */
export const elbAnswer = (action: string, inner: string): string =>
  `<${action}Response xmlns="${namespace}"><${action}Result>${inner}</${action}Result>` +
  `<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;

/** Asks moto another question in the place of the one that came: the form names the action. */
export const askElb = (
  forward: Forward,
  action: string,
  targetGroup: string,
  targets: readonly TargetRef[] = [],
  field = 'TargetGroupArn',
): Promise<Reply> => {
  const form = new URLSearchParams({ Action: action, Version: '2015-12-01', [field]: targetGroup });
  for (const [n, { id, port }] of targets.entries()) {
    form.set(`Targets.member.${n + 1}.Id`, id);
    form.set(`Targets.member.${n + 1}.Port`, String(port));
  }
  return forward(form.toString());
};

/** What moto has registered, by its answer to DescribeTargetHealth. */
export const registeredBy = ({ body }: Reply, targetGroup: string): readonly TargetRef[] =>
  [...body.toString('utf8').matchAll(/<Target>(.*?)<\/Target>/gs)].map(([, target = '']) => ({
    targetGroup,
    id: textOf(target, 'Id'),
    port: Number(textOf(target, 'Port')),
  }));

/** Targets of a request; one without a port means the port of its target group. */
export const targetsIn = (
  form: Readonly<Record<string, string>>,
  targetGroup: string,
  port: number,
): readonly TargetRef[] =>
  Object.entries(form)
    .filter(([name]) => /^Targets\.member\.\d+\.Id$/.test(name))
    .map(([name, id]) => ({ targetGroup, id, port: Number(form[name.replace(/Id$/, 'Port')] ?? port) }));

/** The port and the deregistration delay (ms) of a target group; undefined when there is none of that ARN. */
export async function groupSettings(
  targetGroup: string,
  forward: Forward,
): Promise<{ readonly port: number; readonly deregistrationDelay: number } | undefined> {
  const described = await askElb(forward, 'DescribeTargetGroups', targetGroup, [], 'TargetGroupArns.member.1');
  if (described.status !== 200) return undefined;
  const attributes = (await askElb(forward, 'DescribeTargetGroupAttributes', targetGroup)).body.toString('utf8');
  const delay = [...attributes.matchAll(/<member>(.*?)<\/member>/gs)]
    .map(([, attribute = '']) => attribute)
    .find((attribute) => textOf(attribute, 'Key') === 'deregistration_delay.timeout_seconds');
  return {
    port: Number(textOf(described.body.toString('utf8'), 'Port')),
    deregistrationDelay: Number(textOf(delay ?? '', 'Value')) * 1000,
  };
}

const textOf = (xml: string, element: string): string =>
  new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(xml)?.[1] ?? '';
