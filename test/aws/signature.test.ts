import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { authorization } from '../../lambdas/aws/signature.ts';
import { useWire } from './wire.ts';
import type { WireRequest } from './wire-server.ts';

const wire = useWire();
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'a token',
};

const nothing: Pick<WireRequest, 'headers' | 'body'> = { headers: {}, body: null };

describe('authorization', () => {
  it('signs a request just as the SDK does', async () => {
    wire.server.answer({ 'ecs.ListClusters': { json: { clusterArns: [] } } });
    const client = new ECSClient({ region: 'eu-west-1', endpoint: wire.endpoint, credentials });
    await client.send(new ListClustersCommand({ maxResults: 7 }));
    const [{ headers, body } = nothing] = wire.server.requests;
    const theirs = String(headers.authorization);
    const names = /SignedHeaders=([^,]+)/.exec(theirs)?.[1]?.split(';') ?? [];
    const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
    const request = { method: 'POST', path: '/', headers: signed, body: JSON.stringify(body) };
    expect(names).toContain('x-amz-security-token');
    expect(authorization(request, { region: 'eu-west-1', service: 'ecs' }, credentials)).toBe(theirs);
  });
});
