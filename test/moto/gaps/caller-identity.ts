import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { Account, type Forward, type Gap, type Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { xmlReply } from '../harness/replies.ts';

/** Whom STS knows: by the id of an access key, its secret and the account it is of. */
export type Key = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
type Known = { readonly key: Key; readonly account: Account };

/**
 * moto looks at no signature, and takes every request for one of the account it is sent to. Here a request is signed with
 * the secret of its key, header by header, and is answered for the account of that key; who that is, moto says
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
export class CallerIdentity implements Gap {
  readonly operations = ['sts.GetCallerIdentity'];
  readonly because = 'signatures';
  readonly #home: Account;
  readonly #keys = new Map<string, Known>();

  /** `home` is the account it stands in front of. */
  constructor(home: Account) {
    this.#home = home;
  }

  know(key: Key, account: Account): void {
    this.#keys.set(key.accessKeyId, { key, account });
  }

  readonly answer = async (asked: Asked, forward: Forward): Promise<Reply> => {
    const known = this.#keys.get(asked.caller);
    if (known === undefined) return refused('InvalidClientTokenId', 'The security token is invalid.');
    if (!(await isSignedWith(known.key, asked)))
      return refused('SignatureDoesNotMatch', 'The signature we calculated does not match the one you provided.');
    return known.account === this.#home ? forward() : elsewhere(known.account, asked);
  };
}

/** Moto is asked as the other account, past its gaps: the signature has been looked at. */
async function elsewhere(account: Account, { raw, headers }: Asked): Promise<Reply> {
  const answer = await fetch(account.endpoint, {
    method: 'POST',
    headers: {
      authorization: String(headers.authorization).replace(/Credential=[^/]+/, `Credential=${Account.past}`),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: raw.toString('utf8'),
  });
  return xmlReply(await answer.text(), answer.status);
}

async function isSignedWith(key: Key, { method, path, headers, raw }: Asked): Promise<boolean> {
  const given = String(headers.authorization);
  const [, region = '', signed = ''] = /\/\d{8}\/([^/]+)\/sts\/.*SignedHeaders=([^,]+)/.exec(given) ?? [];
  const date = String(headers['x-amz-date']);
  const signer = new SignatureV4({ service: 'sts', region, credentials: key, sha256: Sha256, applyChecksum: false });
  const { headers: again } = await signer.sign(
    {
      method,
      protocol: 'https:',
      hostname: String(headers.host),
      path,
      headers: Object.fromEntries(signed.split(';').map((name) => [name, String(headers[name])])),
      body: raw,
    },
    { signingDate: new Date(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) },
  );
  return again.authorization?.split('Signature=')[1] === given.split('Signature=')[1];
}

const refused = (code: string, message: string): Reply =>
  xmlReply(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    403,
  );
