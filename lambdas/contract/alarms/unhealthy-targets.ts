import type { AlarmDefinition } from './alarm.ts';

/** Targets fail their health checks. Deregistering one does not raise it, so our own acts stay silent. */
export const unhealthyTargets: AlarmDefinition = ({ alarms }) =>
  alarms['unhealthy-targets'] === null
    ? undefined
    : {
        kind: 'unhealthy-targets',
        means: 'Targets fail their health checks.',
        expression: { op: 'metric', metric: 'unhealthyHosts' },
        breachesWhen: 'above',
        missingData: 'not-breaching',
        scope: 'target-group',
        policy: alarms['unhealthy-targets'],
      };
