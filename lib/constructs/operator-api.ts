import { CfnOutput } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnStage, HttpApi, HttpMethod, type HttpRoute, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { apiParameter, dutyPolicyName } from '../../lambdas/contract/names.ts';
import {
  apiAddress,
  apiStage,
  type Duty,
  duties,
  dutyNames,
  type RouteName,
  routeKey,
} from '../../lambdas/contract/operation-api.ts';
import type { Install } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import { dutyPermissions } from './function-permissions.ts';
import { removalPolicy } from './ledger.ts';
import { statement } from './permission.ts';

/**
 * Requests a second, and at once. Each route has tokens of its own, so that no other can use up those of a stop. A request that
 * is turned away unsigned may take one too: stopping has as many as the smallest default quota of a whole account
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html), which all its APIs share, and the others leave most
 * of that to it (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html).
 */
const limits: Readonly<Record<Duty, { readonly rate: number; readonly burst: number }>> = {
  pause: { rate: 2500, burst: 1250 },
  approve: { rate: 100, burst: 50 },
  undo: { rate: 100, burst: 50 },
};

const what: Readonly<Record<Duty, string>> = {
  pause: 'pause and resume',
  approve: 'approve and reject',
  undo: 'undo',
};

/** Who asked for what, and what came of it: nothing that is secret, and nothing that was said. */
const logged = {
  id: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  caller: '$context.identity.userArn',
  latency: '$context.responseLatency',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

/**
 * Where people pause, resume, approve, reject and undo. IAM authorizes every route: AWS verifies the signature, and hands on
 * who signed (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html).
 */
export class OperatorApi extends Construct {
  readonly api: HttpApi;
  /** Without a slash at the end. */
  readonly address: string;
  readonly #install: Install;

  constructor(scope: Construct, id: string, install: Install) {
    super(scope, id);
    this.#install = install;
    this.api = new HttpApi(this, 'Api', {
      apiName: `paramedic-${install.name}`,
      description: `Paramedic (${install.name}): where people stop, approve and take back`,
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    this.address = apiAddress(this.api.apiId, install.region);
    new CfnParameter(this, 'Published', {
      name: apiParameter(install.name),
      description: `Where people ask Paramedic (${install.name}). Written by CloudFormation.`,
      type: 'String',
      tier: 'Standard',
      value: this.address,
    });
    new CfnOutput(this, 'Address', {
      value: this.address,
      description: 'Where people ask, as their command line finds it.',
    });
    for (const duty of dutyNames) this.#policy(duty);
  }

  /** Puts the functions behind the routes. Apart from the rest, since other functions know the address. */
  serve({ stop, operate }: Readonly<Record<'stop' | 'operate', IFunction>>): void {
    const stopping = new HttpLambdaIntegration('stop', stop);
    const treating = new HttpLambdaIntegration('operate', operate);
    const integrations = { pause: stopping, approve: treating, undo: treating };
    const routes = dutyNames.flatMap((duty) =>
      duties[duty].flatMap((route) =>
        this.api.addRoutes({ path: `/${route}`, methods: [HttpMethod.POST], integration: integrations[duty] }),
      ),
    );
    this.#stage(routes);
  }

  #stage(routes: readonly HttpRoute[]): void {
    const install = this.#install;
    const logGroup = new LogGroup(this, 'AccessLogs', {
      retention: install.logRetentionDays,
      removalPolicy: removalPolicy(install),
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: apiStage,
      autoDeploy: true,
      // For whatever route has no limits of its own.
      throttle: { rateLimit: limits.undo.rate, burstLimit: limits.undo.burst },
      accessLogSettings: {
        destination: {
          // The ARN that a log group gives away ends with :*, which is for policies.
          bind: () => ({ destinationArn: arnOf(install, 'logs', `log-group:${logGroup.logGroupName}`) }),
        },
        format: AccessLogFormat.custom(JSON.stringify(logged)),
      },
    });
    const settings = dutyNames.flatMap((duty) =>
      duties[duty].map((route: RouteName) => [
        routeKey(route),
        { ThrottlingRateLimit: limits[duty].rate, ThrottlingBurstLimit: limits[duty].burst },
      ]),
    );
    if (stage.node.defaultChild instanceof CfnStage)
      stage.node.defaultChild.routeSettings = Object.fromEntries(settings) as object;
    // API Gateway refuses settings of routes that it does not know yet.
    stage.node.addDependency(...routes);
  }

  #policy(duty: Duty): void {
    const { name, region, rolePath } = this.#install;
    const { managedPolicyArn } = new ManagedPolicy(this, `May-${duty}`, {
      managedPolicyName: dutyPolicyName(name, region, duty),
      path: rolePath,
      description: `May ask Paramedic (${name}) to ${what[duty]}, and nothing else`,
      statements: dutyPermissions(this.#install, this.api.apiId, duty).map(statement),
    });
    new CfnOutput(this, `Policy-${duty}`, {
      value: managedPolicyArn,
      description: `Attach this policy to whoever may ${what[duty]}.`,
    });
  }
}
