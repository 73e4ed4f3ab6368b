import { describe, expect, it } from 'vitest';
import { apiAddress } from '../../lambdas/contract/operation-api.ts';
import { addressAllowed, readAddress } from '../../lib/operator/api-address.ts';

const region = 'eu-central-1';
const api = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com';

describe('an address that credentials may go to', () => {
  it.each([
    [`${api}/live`, `${api}/live`],
    [`${api}/live/`, `${api}/live`],
    [api, api],
    [`${api}:443/live`, `${api}/live`],
    [`${api.toUpperCase()}/live`, `${api}/live`],
    ['http://127.0.0.1:8080/live', 'http://127.0.0.1:8080/live'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://localhost/live', 'https://localhost/live'],
  ])('%s is one', (text, address) => {
    expect(readAddress(text, region)).toBe(address);
  });

  it.each(['eu-central-1', 'cn-north-1', 'eusc-de-east-1'])('is what the stack publishes in %s', (where) => {
    const address = apiAddress('a1b2c3d4e5', where);
    expect(readAddress(address, where)).toBe(address);
  });

  it.each([
    ['', 'nothing'],
    ['a1b2c3d4e5', 'no address'],
    [`${api.replace('https', 'http')}/live`, 'without TLS'],
    [`${api.replace('https', 'ftp')}/live`, 'of another protocol'],
    ['file:///etc/passwd', 'a file'],
    [`${api.replace('eu-central-1', 'eu-west-1')}/live`, 'of another Region'],
    [`${api}.example.com/live`, 'of a host that begins alike'],
    ['https://evil.example.com/live', 'of another host'],
    [
      'https://evil.example.com/a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
      'of another host, with ours behind it',
    ],
    [
      'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com@evil.example.com/live',
      'of another host, with ours before it',
    ],
    [`${api.replace('//', '//ann:secret@')}/live`, 'with credentials'],
    [`${api}:8443/live`, 'of another port'],
    [`${api}/live?x=1`, 'with a query'],
    [`${api}/live#x`, 'with a fragment'],
    [`${api}/live/pause`, 'of a route'],
    [`${api}/li%2fve`, 'with an escape'],
    ['http://127.0.0.1.example.com/live', 'of a host that begins as this machine'],
    ['http://10.0.0.1/live', 'of another machine without TLS'],
  ])('%s is none: %s', (text) => {
    expect(readAddress(text, region)).toBeUndefined();
  });

  it('is said in words', () => {
    expect(addressAllowed(region)).toBe(
      "the address of the API in eu-central-1, https://ID.execute-api.eu-central-1.amazonaws.com/live, as the stack's output has it",
    );
  });
});
