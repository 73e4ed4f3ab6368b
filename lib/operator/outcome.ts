import { apiParameter, dutyPolicyName } from '../../lambdas/contract/names.ts';
import { dutyOf, type RouteName } from '../../lambdas/contract/operation-api.ts';
import { inWords } from '../../lambdas/contract/text.ts';
import type { Answer } from '../../lambdas/model/operation.ts';
import type { Answered, Failed } from './post.ts';

/** Which installation is asked. */
export type Installed = { readonly pipeline: string; readonly region: string };

export type Question = {
  readonly route: RouteName;
  /** With the id under which it is done once, however often it is asked. */
  readonly body: Readonly<Record<string, string>> & { readonly id: string };
  readonly installed: Installed;
  /** In the place of the address that the installation publishes; as `readAddress` gives it. */
  readonly address?: string;
};

/**
 * What holds in the end. `not-sent`: it did not get through, so nothing was done. `no-answer`: it was sent, and may have been
 * done. `by` is null where AWS told of nobody.
 */
export type Outcome = {
  readonly kind: Answer['kind'] | 'not-sent' | 'no-answer';
  readonly says: string;
  readonly by: string | null;
  /** It was asked in a way that this installation does not understand. */
  readonly isNonsense?: true;
  /** Something that nobody here can stop goes on, and would keep the process alive. */
  readonly lingers?: true;
};

export const expired = 'Your AWS credentials have expired: log in again.';
const unknownKeys = 'AWS does not know your credentials, or your clock is wrong.';

/** Why the address could not be read. */
export function whyNoAddress(error: unknown, route: RouteName, { pipeline, region }: Installed): string {
  const parameter = `${apiParameter(pipeline)} in ${region}`;
  switch (error instanceof Error ? error.name : '') {
    case 'ParameterNotFound':
      return `There is no parameter ${parameter} in your account: check the pipeline's name, the Region and your credentials, or deploy Paramedic.`;
    case 'AccessDeniedException':
      return `You may not read the parameter ${parameter}: whoever may ${route} has the policy ${policyFor(route, pipeline, region)}.`;
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return expired;
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'InvalidClientTokenId':
      return unknownKeys;
    default:
      return `The parameter ${parameter}, which says where to ask, could not be read (${sentence(error)}): try again, or give the address with --url.`;
  }
}

const policyFor = (route: RouteName, pipeline: string, region: string): string =>
  dutyPolicyName(pipeline, region, dutyOf(route));

/** Nothing came back: whether it was sent makes the difference. */
export function failed({ sent, error }: Failed, url: URL, { body }: Question): Outcome {
  const why = sentence(error);
  if (sent) return noAnswer(why, body.id);
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return notSent(`The name ${url.hostname} cannot be found: check your network, and --url if you gave one.`);
  if (isTls(error)) return notSent(`${url.host} cannot be trusted, so no connection was made (${why}).`);
  return notSent(`${url.host} could not be reached (${why}): check your network.`);
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const isTls = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA)/.test(code);

/** What an answer means, whoever it is from: ours, API Gateway, or something in between. */
export function outcomeOf(answer: Answered, url: URL, question: Question): Outcome {
  const { route, body, installed } = question;
  const parsed = parsedOrNull(answer.body);
  const [kind, says, by] = ['kind', 'says', 'by'].map((name) => fieldOf(parsed, name));
  if ([200, 400, 409].includes(answer.status) && (kind === 'done' || kind === 'refused') && typeof says === 'string') {
    const told = { kind, says: oneLine(says), by: typeof by === 'string' ? oneLine(by) : null } as const;
    return answer.status === 400 ? { ...told, isNonsense: true } : told;
  }
  switch (answer.status) {
    case 403:
      return notSent(whyForbidden(answer, fieldOf(parsed, 'message'), question));
    case 404:
      return notSent(
        `${url.host} knows no route ${url.pathname}: check --url if you gave one, or deploy Paramedic (${installed.pipeline} in ${installed.region}) as new as this.`,
      );
    case 429:
      return notSent(`API Gateway lets no more of ${route} through at the moment: ask again in a while.`);
    default: {
      const isOurs = answer.status >= 500;
      return noAnswer(
        isOurs ? `it failed with HTTP ${answer.status}` : `HTTP ${answer.status} with no answer of Paramedic`,
        body.id,
      );
    }
  }
}

/** How far a clock may be off (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html). */
const mostSkew = 300_000;

/** API Gateway says no more than "Forbidden", whatever was wrong: here stands what can be told from outside. */
function whyForbidden({ date = '' }: Answered, message: unknown, { route, installed }: Question): string {
  const skew = Date.now() - Date.parse(date);
  if (Math.abs(skew) > mostSkew)
    return `Your clock is ${inWords(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} that of AWS, so your signature is not accepted: set it right.`;
  if (typeof message === 'string' && /token.*expired/i.test(message)) return expired;
  return `AWS does not let you ${route}: whoever may has the policy ${policyFor(route, installed.pipeline, installed.region)}; if you have it, log in again.`;
}

export const notSent = (says: string): Outcome => ({ kind: 'not-sent', says, by: null });

const noAnswer = (why: string, id: string): Outcome => ({
  kind: 'no-answer',
  says: `It was sent, and whether it was done is not known (${why}). Ask again with --id ${id}, which does nothing twice; docs/runbook.md, "When nothing answers", says how to look.`,
  by: null,
});

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;

/** What went wrong, to stand in brackets. */
export function sentence(error: unknown): string {
  const { name = '', message = '', code = '' }: Partial<NodeJS.ErrnoException> = error instanceof Error ? error : {};
  return oneLine(message || code || name || String(error))
    .slice(0, 300)
    .replace(/\.$/, '');
}

/** From outside: no line breaks, and nothing that moves the cursor or turns the direction of writing. */
const oneLine = (text: string): string =>
  text
    .slice(0, 5000)
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
