/** What Paramedic says of itself in CloudWatch: counts, by pipeline. Counted from ledger entries once each, or by the sweep. */
export const ownMetrics = {
  namespace: 'Paramedic',
  /** The one dimension; its value is the pipeline's name. */
  dimension: 'pipeline',
  incidentsOpened: 'IncidentsOpened',
  incidentsRecovered: 'IncidentsRecovered',
  incidentsHandedOver: 'IncidentsHandedOver',
  /** Handed over because the configuration of the service was missing or invalid. */
  settingsUnusable: 'SettingsUnusable',
  /** What would have been done, whether or not it was. */
  actionsDetected: 'ActionsDetected',
  /** What was really ordered. */
  actionsEnforced: 'ActionsEnforced',
  /** An act failed, so that services are treated one at a time again. */
  velocityReset: 'VelocityReset',
  /** Too much failed lately: Paramedic only observes. */
  demoted: 'Demoted',
  /** A sweep did all its parts. */
  heartbeat: 'Heartbeat',
  /** Alarms that fired unheard, and that a sweep picked up. */
  signalsPickedUp: 'SignalsPickedUp',
  /** Running tasks a sweep found outside of their load balancer. */
  tasksOutside: 'TasksOutside',
} as const;

/** What a sweep counts. */
export type SweepMetric = 'heartbeat' | 'signalsPickedUp' | 'tasksOutside';
