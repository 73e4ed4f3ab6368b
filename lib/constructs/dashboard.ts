import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, Metric, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ownMetrics } from '../../lambdas/contract/own-metrics.ts';
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
    dashboard.addWidgets(
      incidents(props),
      actions(props),
      sweeps(props),
      caution(props),
      workflows(props),
      nets(props),
      calls(props),
      failures(props),
    );
  }
}

const graph = (title: string, left: readonly Metric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 12, height: 6, leftYAxis: { min: 0 } });

/** What Paramedic counts itself. */
const own = (install: Install, counted: Readonly<Record<string, string>>): readonly Metric[] =>
  Object.entries(counted).map(
    ([label, metricName]) =>
      new Metric({
        namespace: ownMetrics.namespace,
        metricName,
        dimensionsMap: { [ownMetrics.dimension]: install.name },
        statistic: Stats.SUM,
        period,
        label,
      }),
  );

const incidents = ({ install }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Incidents',
    own(install, {
      opened: ownMetrics.incidentsOpened,
      recovered: ownMetrics.incidentsRecovered,
      'handed over': ownMetrics.incidentsHandedOver,
      'without a configuration to work with': ownMetrics.settingsUnusable,
    }),
  );

/** The two apart: what observe mode and the guardrails held back is the difference. */
const actions = ({ install }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Actions: detected and enforced',
    own(install, {
      'detected: would be done': ownMetrics.actionsDetected,
      'enforced: really ordered': ownMetrics.actionsEnforced,
    }),
  );

/** What made it slower, or kept it from acting at all. */
const caution = ({ install }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Caution after failures',
    own(install, {
      'one service at a time again': ownMetrics.velocityReset,
      'only observes': ownMetrics.demoted,
    }),
  );

const sweeps = ({ install }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Sweeps',
    own(install, {
      'heartbeat: did all their parts': ownMetrics.heartbeat,
      'alarms picked up': ownMetrics.signalsPickedUp,
      'tasks outside of their load balancer': ownMetrics.tasksOutside,
    }),
  );

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html */
const workflows = ({ recover }: PipelineDashboardProps): GraphWidget =>
  graph(
    'Workflows',
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

const calls = ({ functions }: PipelineDashboardProps): GraphWidget =>
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
