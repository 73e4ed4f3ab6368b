import type { AlarmDefinition } from './alarm.ts';

/** Fewer tasks run than are wanted; only Container Insights publishes both counts. */
export const belowDesired: AlarmDefinition = ({ alarms, resources }) =>
  alarms['below-desired'] === null || !resources.containerInsights
    ? undefined
    : {
        kind: 'below-desired',
        means: 'Fewer tasks are running than desired.',
        expression: {
          op: 'excess',
          of: { op: 'metric', metric: 'desired' },
          over: { op: 'metric', metric: 'running' },
        },
        breachesWhen: 'above',
        missingData: 'not-breaching',
        scope: 'service',
        policy: alarms['below-desired'],
      };
