import { operateFunctionName, operatorPolicyName } from '../../lambdas/contract/names.ts';
import type { Installed } from './sign-operation.ts';

type Says = (asked: string, installed: Installed, message: string) => string;

/** What AWS calls it, and what to do about it. */
const known: Readonly<Record<string, Says>> = {
  AccessDeniedException: (asked, { pipeline }) =>
    `You may not invoke ${asked}: whoever may has the policy ${operatorPolicyName(pipeline)}.`,
  ResourceNotFoundException: (asked) =>
    `There is no function ${asked} in your account: check the pipeline's name, the Region and your credentials, or deploy Paramedic.`,
  TooManyRequestsException: (asked) => `${asked} is busy. Ask again in a moment.`,
  CredentialsProviderError: (asked, _, message) =>
    `No AWS credentials were found to ask ${asked} with (${oneLine(message)}): log in, or set AWS_PROFILE to a profile that works.`,
  ExpiredTokenException: expired,
  ExpiredToken: expired,
  UnrecognizedClientException: strangeKeys,
  InvalidSignatureException: strangeKeys,
  InvalidClientTokenId: strangeKeys,
};

function expired(asked: string): string {
  return `Your AWS credentials have expired, so ${asked} was not asked: log in again.`;
}

function strangeKeys(asked: string): string {
  return `AWS does not know your credentials, or your clock is wrong, so ${asked} was not asked.`;
}

/** One sentence for whatever kept the question from being answered. */
export function complaintOf(error: unknown, installed: Installed): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const asked = `${operateFunctionName(installed.pipeline)} in ${installed.region}`;
  const says = Object.hasOwn(known, name) ? known[name] : undefined;
  if (says !== undefined) return says(asked, installed, message);
  return `${asked} did not answer, and whether it was done is not known (${oneLine(message || name)}). Ask again; docs/runbook.md, "Stop Paramedic", says what to do when nothing answers.`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '');
