import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, Metric, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Install } from '../config/recovery.ts';
import type { Nets } from './nets.ts';
import type { SelfAlarms } from './self-alarms.ts';

export type PipelineDashboardProps = {
  readonly install: Install;
  readonly functions: Readonly<Record<string, IFunction>>;
  readonly recover: IFunction;
  readonly nets: Nets;
  readonly selfAlarms: SelfAlarms;
};

const period = Duration.minutes(5);

/** What Paramedic itself is doing: incidents, acts, failures, and what fell into the nets. */
export class PipelineDashboard extends Construct {
  constructor(scope: Construct, id: string, props: PipelineDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `paramedic-${props.install.name}` });
    dashboard.addWidgets(
      new TextWidget({ markdown: `# Paramedic: ${props.install.name}`, width: 24, height: 1 }),
      new AlarmStatusWidget({ title: 'Paramedic itself', alarms: [...props.selfAlarms.alarms], width: 24, height: 4 }),
    );
    dashboard.addWidgets(incidents(props), acts(props), failures(props), nets(props));
  }
}

const graph = (title: string, left: readonly Metric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 12, height: 6, leftYAxis: { min: 0 } });

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html */
const incidents = ({ recover }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Incidents: workflows',
    ['Started', 'Succeeded', 'Failed', 'TimedOut', 'Stopped'].map(
      (what) =>
        new Metric({
          namespace: 'AWS/Lambda',
          metricName: `DurableExecution${what}`,
          dimensionsMap: { FunctionName: recover.functionName },
          statistic: Stats.SUM,
          period,
          label: what.toLowerCase(),
        }),
    ),
  );

const acts = ({ functions }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Calls',
    Object.entries(functions).map(([label, one]) => one.metricInvocations({ period, label, statistic: Stats.SUM })),
  );

const failures = ({ functions }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Failures',
    Object.entries(functions).map(([label, one]) => one.metricErrors({ period, label, statistic: Stats.SUM })),
  );

const nets = ({ nets: { undelivered, failedSignals, failedWorkflows } }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Fallen into the nets',
    Object.entries({ undelivered, failedSignals, failedWorkflows }).map(([label, queue]) =>
      queue.metricApproximateNumberOfMessagesVisible({ period, label, statistic: Stats.MAXIMUM }),
    ),
  );
