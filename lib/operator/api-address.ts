import { awsDomain } from '../../lambdas/contract/aws-domain.ts';
import { apiAddress } from '../../lambdas/contract/operation-api.ts';

/** This machine itself, where a test or a tunnel may listen, without TLS too. */
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The address without a slash at the end, if it is one that credentials may go to: of an API of that Region, by TLS. */
export function readAddress(text: string, region: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, host, port, pathname, username, password, search, hash } = new URL(text);
  if (`${username}${password}${search}${hash}` !== '' || !/^(\/[\w-]{1,128})?\/?$/.test(pathname)) return undefined;
  const address = `${protocol}//${host}${pathname.replace(/\/$/, '')}`;
  if (loopback.has(hostname)) return protocol === 'http:' || protocol === 'https:' ? address : undefined;
  const [id = '', ...domain] = hostname.split('.');
  const isApi = /^[a-z0-9]{4,40}$/.test(id) && domain.join('.') === `execute-api.${region}.${awsDomain(region)}`;
  return protocol === 'https:' && port === '' && isApi ? address : undefined;
}

/** What `readAddress` takes, in words. */
export const addressAllowed = (region: string): string =>
  `the address of the API in ${region}, ${apiAddress('ID', region)}, as the stack's output has it`;
