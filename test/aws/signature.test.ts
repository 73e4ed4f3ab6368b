import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { awsParameters } from '../../lambdas/aws/parameter.ts';
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

describe('awsParameters', () => {
  it('asks for a parameter just as the SDK does', async () => {
    wire.server.answer({ 'ssm.GetParameter': { json: { Parameter: { Value: 'value' } } } });
    const client = new SSMClient({ region: 'eu-west-1', endpoint: wire.endpoint, credentials });
    await client.send(new GetParameterCommand({ Name: '/paramedic/prod/checkout' }));
    await awsParameters({
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_SSM: wire.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    })('/paramedic/prod/checkout');
    const [theirs, ours] = wire.server.requests.map(({ method, path, body, headers }) => ({
      request: { method, path, body },
      headers: [headers['content-type'], headers['x-amz-target']],
    }));
    expect(ours).toEqual(theirs);
  });
});
