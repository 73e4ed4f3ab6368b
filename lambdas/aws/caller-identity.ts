import { createHash } from 'node:crypto';
import { environment } from '../contract/environment.ts';
import { boundText, identityHost, identityRequest, type OperationProof } from '../contract/operation-proof.ts';
import type { Operation } from '../model/operation.ts';
import type { Clock } from '../ports/sight.ts';
import { awsClock } from './clock.ts';
import { sortable } from './ledger-keys.ts';
import { type PostAnswer, post } from './post.ts';
import { soundProof } from './proof-check.ts';
import { type Environment, neededVariable } from './variables.ts';

/** Who asks, as STS says; `request` is the same for the same proof and no other. Or why that is not known. */
export type Caller = { readonly arn: string; readonly request: string } | { readonly flaw: string };
export type ProveCaller = (operation: Operation, proof: OperationProof) => Promise<Caller>;

const answersWithin = 5_000;
/** GetCallerIdentity answers some 500 bytes. */
const longestAnswer = 10_000;
const attempts = 2;

/**
 * Sends the request that the asker signed to STS of this Region, and takes the ARN that STS answers. The signature is
 * checked by AWS alone: a request that was changed, or signed with keys that are not the asker's, is not answered.
 */
export const callerProver =
  (env: Environment, clock: Clock = awsClock): ProveCaller =>
  async (operation, proof) => {
    const region = neededVariable(env, 'AWS_REGION');
    const account = neededVariable(env, environment.account);
    const text = boundText(neededVariable(env, environment.pipeline), operation);
    const host = identityHost(region);
    const sound = soundProof(proof, { region, host, digest: sha256(text), now: clock.now() });
    if ('flaw' in sound) return sound;
    // A test has no STS of its own but this one. Never from the request.
    const url = new URL(identityRequest.path, env.AWS_ENDPOINT_URL_STS ?? env.AWS_ENDPOINT_URL ?? `https://${host}`);
    const answer = await asked(url, proof.headers);
    if (answer === undefined) return unproved('STS did not answer. Try again');
    if (answer.status !== 200) return unproved(`STS answered ${codeIn(answer)}`);
    const arn = arnIn(answer.body, account);
    if (arn === undefined) return unproved(`STS does not say that it is somebody of the account ${account}`);
    return { arn, request: `${sortable(sound.at)}-${sha256(sound.signature).slice(0, 32)}` };
  };

const unproved = (why: string): Caller => ({ flaw: `Who asks is not proved, so nothing was done: ${why}.` });

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Undefined when nobody answered, or AWS is in trouble. Asking twice changes nothing. */
async function asked(url: URL, signed: Readonly<Record<string, string>>): Promise<PostAnswer | undefined> {
  const headers = { 'content-type': identityRequest.contentType, ...signed };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const answer = await post(url, headers, identityRequest.body, answersWithin, longestAnswer);
      if (answer.status < 500) return answer;
    } catch {
      // Once more.
    }
  }
  return undefined;
}

/** `SignatureDoesNotMatch`, `ExpiredToken`: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html. */
const codeIn = ({ status, body }: PostAnswer): string =>
  /<Code>([A-Za-z.]{1,60})<\/Code>/.exec(body)?.[1] ?? `HTTP ${status}`;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html; whatever is not just so is nobody. */
function arnIn(xml: string, account: string): string | undefined {
  const [arn, ...otherArns] = elements(xml, 'Arn');
  const [of, ...otherAccounts] = elements(xml, 'Account');
  if (arn === undefined || otherArns.length > 0 || of !== account || otherAccounts.length > 0) return undefined;
  const [, owner] = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):[\w+=,.@/-]{1,600}$/.exec(arn) ?? [];
  return owner === account ? arn : undefined;
}

const elements = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
