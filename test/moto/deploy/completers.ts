import {
  DynamoDBClient,
  type PointInTimeRecoverySpecification,
  type TimeToLiveSpecification,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { cloudFormation, type Site, text } from './makers/maker.ts';
import type { Properties } from './template.ts';

type Completer = {
  /** Properties that CloudFormation in moto passes over, though moto's API knows them. */
  readonly properties: readonly string[];
  /** Those and the ones that name the resource. */
  readonly names: readonly string[];
  readonly complete: (properties: Properties, site: Site) => Promise<void>;
};

/** What the harness adds, from the template, to resources that CloudFormation in moto created. */
export const completers: Readonly<Record<string, Completer>> = {
  'AWS::DynamoDB::Table': {
    properties: ['TimeToLiveSpecification', 'PointInTimeRecoverySpecification'],
    names: ['TableName'],
    complete: async (properties, { account }) => {
      const client = new DynamoDBClient(account.client(cloudFormation));
      const TableName = text(properties, 'TableName');
      const timeToLive = properties.TimeToLiveSpecification as TimeToLiveSpecification | undefined;
      if (timeToLive !== undefined)
        await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: timeToLive }));
      const recovery = properties.PointInTimeRecoverySpecification as PointInTimeRecoverySpecification | undefined;
      if (recovery !== undefined)
        await client.send(
          new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: recovery }),
        );
    },
  },
};
