import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsLedger } from '../../lambdas/aws/ledger.ts';
import { awsOpenIncidents } from '../../lambdas/aws/open-incidents.ts';
import { Table } from '../../lambdas/aws/table.ts';
import {
  type ControlsItem,
  controlsAttributes,
  controlsPartition,
  everythingControls,
  installedControls,
  serviceControls,
} from '../../lambdas/contract/controls-item.ts';
import { describeLedger } from '../contract/ledger-contract.ts';
import { FakeDynamoDb } from './fake-dynamodb.ts';
import { WireServer } from './wire-server.ts';

let server: WireServer;
beforeAll(async () => {
  server = await WireServer.start();
});
afterAll(() => server.stop());

describeLedger('DynamoDB', async () => {
  const dynamodb = new FakeDynamoDb();
  dynamodb.put(controlsAttributes(installedControls));
  server.respond((request) => dynamodb.respond(request));
  const client = new DynamoDBClient({ ...repeatable, endpoint: server.endpoint });
  const table = new Table('ledger', client, async () => {});
  return {
    ledger: awsLedger(table),
    openIncidents: awsOpenIncidents(table),
    pause: async (service, until) => {
      const item: ControlsItem = {
        pk: controlsPartition,
        sk: service === null ? everythingControls : serviceControls(service),
        paused: true,
        by: 'ann',
        why: 'maintenance',
        ...(until === null ? {} : { until }),
      };
      dynamodb.put(controlsAttributes(item));
    },
    losePauseItem: async () => dynamodb.remove({ pk: { S: controlsPartition }, sk: { S: everythingControls } }),
  };
});
