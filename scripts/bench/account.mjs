import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { Table } from '../../lambdas/aws/table.ts';
import { WireServer } from '../../test/aws/wire-server.ts';
import { Deployment } from '../../test/handlers/deployed.ts';
import { FakeAccount } from '../../test/handlers/fake-account.ts';
import { ordered, signal } from '../../test/handlers/orders.ts';

const incidentId = '20260105-120000-abcdefgh';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

/** Which request each function is timed to: its change of the world, or what hands over to the next function. */
const firsts = {
  'on-signal': '/invocations',
  recover: 'CHAINED_INVOKE',
  'deregister-target': 'Action=DeregisterTargets',
  'register-target': 'Action=RegisterTargets',
  'replace-task': '.StopTask',
  'restart-service': '.UpdateService',
  'roll-back-deployment': '.UpdateService',
};

/** Functions whose time to their first change is taken; the others change nothing. */
export const timed = Object.keys(firsts);

/** What the functions need to run: their deployed environments, and an account in the state that each finds it in. */
export class BenchAccount {
  #deployment = new Deployment();
  #server;

  static async open() {
    const account = new BenchAccount();
    await account.#deployment.synthesize();
    account.#server = await WireServer.start();
    return account;
  }

  async close() {
    await this.#server.stop();
    this.#deployment.remove();
  }

  /** The environment of a function as it is deployed. */
  environment(name) {
    return {
      PATH: process.env.PATH ?? '',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...this.#deployment.function(name).environment,
    };
  }

  /** An event for a function, the account it comes into, and what its first change will hold. */
  async occasion(name) {
    const now = Date.now();
    const settings = this.#deployment.settings('checkout');
    const found = (event, items = [], first = 'healthy') => ({
      event,
      until: firsts[name],
      account: { settings, now, items, first },
    });
    if (name === 'on-signal') return found(alarm());
    const before = new FakeAccount(settings, now);
    this.#server.respond((request) => before.respond(request));
    const client = new DynamoDBClient({ endpoint: this.#server.endpoint, region: 'eu-central-1', credentials });
    const ledger = awsLedger(new Table('paramedic-prod-ledger', client));
    const incident = await ledger.open(signal(now - 60_000), incidentId, now);
    if (name === 'recover') return found(execution(), before.dynamodb.all());
    await ledger.append([ordered(name, incident, settings, now)]);
    return found({ incidentId, orderId: '1' }, before.dynamodb.all(), target(name));
  }
}

/** How the failing task's target is when an action begins. */
const target = (name) => ({ 'register-target': 'draining', 'replace-task': 'gone' })[name];

const execution = () => ({
  DurableExecutionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:recover:7/durable-execution/prod-1/1',
  CheckpointToken: 'first',
  InitialExecutionState: {
    Operations: [
      {
        Id: 'execution',
        Type: 'EXECUTION',
        Status: 'STARTED',
        StartTimestamp: Date.now(),
        ExecutionDetails: { InputPayload: JSON.stringify({ incidentId }) },
      },
    ],
  },
});

const alarm = () => {
  const alarmName = 'paramedic/prod/checkout/errors';
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: '123456789012',
    time: new Date().toISOString(),
    region: 'eu-central-1',
    resources: [`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${alarmName}`],
    detail: {
      alarmName,
      configuration: { description: 'Too many requests fail.', metrics: [] },
      previousState: { value: 'OK', reason: 'r', timestamp: '2026-01-05T11:00:00.000+0000' },
      state: { value: 'ALARM', reason: 'Threshold Crossed', reasonData: '{}', timestamp: new Date().toISOString() },
    },
  };
};
