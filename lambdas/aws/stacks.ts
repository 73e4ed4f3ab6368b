import type { Stacks } from '../ports/sight.ts';
import { pause as realPause } from './pause.ts';
import type { PostAnswer } from './post.ts';
import { askSigned, refusal } from './signed-call.ts';
import type { Environment } from './variables.ts';

const call = 'DescribeStacks';

/** What CloudFormation says of the stack that deploys a service. A stack that is named and is not there is an error. */
export const awsStacks = (env: Environment = process.env, pause = realPause): Stacks => ({
  status: async ({ resources: { stack } }) => {
    if (stack === null) return null;
    const asked = {
      service: 'cloudformation',
      endpoint: 'AWS_ENDPOINT_URL_CLOUDFORMATION',
      name: `${call} ${stack}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
      body: new URLSearchParams({ Action: call, Version: '2010-05-15', StackName: stack }).toString(),
    };
    return askSigned(asked, (answer) => statusIn(asked.name, answer), env, pause);
  },
});

function statusIn(name: string, { status, body }: PostAnswer): string {
  if (status !== 200)
    throw refusal(name, status, elementOf(body, 'Code') ?? `HTTP ${status}`, elementOf(body, 'Message') ?? '');
  const found = elementOf(body, 'StackStatus');
  if (found === undefined) throw new Error(`${name} answered without StackStatus.`);
  return found;
}

/** The text of the first element of that name. What is read here has none of the characters that XML escapes. */
const elementOf = (xml: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]+)</${element}>`).exec(xml)?.[1];
