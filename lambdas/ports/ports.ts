import type { ActionKind } from '../contract/names.ts';
import type { GrantedTo } from '../contract/permissions.ts';
import type { Changes } from './changes.ts';
import type { Ledger } from './ledger.ts';
import type { Notifier, Outbox } from './notifier.ts';
import type {
  Audience,
  Clock,
  ControlsReader,
  Images,
  Metrics,
  Services,
  SettingsReader,
  Targets,
  TaskLogs,
} from './sight.ts';
import type { Alarms, Counts, Executions, OpenIncidents, OwnAlarms } from './sweep.ts';
import type { WorkflowStarter } from './workflow.ts';

/** Makes the tail of incident ids. */
export interface Ids {
  /** Lower-case letters and digits, eight of them. */
  next(): string;
}

/** What each function can reach. Only an action's can change anything, and only what its role grants. */
export type SignalPorts = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: SettingsReader;
  readonly ledger: Pick<Ledger, 'join' | 'open' | 'markStarted' | 'append' | 'entries' | 'release'>;
  readonly workflows: WorkflowStarter;
};

/** What `look` needs: everything that is read again immediately before a change. */
export type LookPorts = {
  readonly clock: Clock;
  readonly targets: Targets;
  readonly services: Services;
  readonly images: Images;
  readonly audience: Audience;
  readonly controls: ControlsReader;
};

export type RecoverPorts = LookPorts & {
  readonly metrics: Metrics;
  readonly taskLogs: TaskLogs;
  readonly settings: SettingsReader;
  readonly ledger: Pick<
    Ledger,
    'incident' | 'append' | 'entries' | 'recent' | 'condemned' | 'incidents' | 'close' | 'release'
  >;
  readonly notifier: Notifier;
  readonly outbox: Outbox;
};

/** What ends the incident of a workflow that died: it looks at nothing but the configuration. */
export type WorkflowEndedPorts = Pick<RecoverPorts, 'clock' | 'settings' | 'ledger' | 'notifier' | 'outbox'>;

/** What the sweep reaches: what on-signal and workflow-ended do, and what they could have missed. It changes nothing either. */
export type SweepPorts = SignalPorts &
  WorkflowEndedPorts &
  Pick<LookPorts, 'services' | 'targets'> & {
    readonly ledger: Pick<Ledger, 'heard'>;
    readonly alarms: Alarms;
    readonly ownAlarms: OwnAlarms;
    readonly openIncidents: OpenIncidents;
    readonly executions: Executions;
    readonly counts: Counts;
  };

export type ActionPorts<K extends ActionKind> = LookPorts & {
  readonly ledger: Pick<Ledger, 'recent' | 'condemned' | 'incidents' | 'order' | 'claim' | 'withdraw'>;
  readonly change: Pick<Changes, GrantedTo<K>>;
};
