import type { ActionKind } from '../contract/names.ts';
import type { GrantedTo } from '../contract/permissions.ts';
import type { Changes } from './changes.ts';
import type { Fleet, FleetSize } from './fleet.ts';
import type { Ledger } from './ledger.ts';
import type { Notifier, Outbox } from './notifier.ts';
import type { ControlsWriter, OperationLog } from './operator.ts';
import type {
  Audience,
  Clock,
  ControlsReader,
  Images,
  Metrics,
  Protection,
  Routing,
  Scaling,
  Services,
  SettingsReader,
  Stacks,
  Targets,
  TaskLogs,
} from './sight.ts';
import type { Alarms, Counts, Executions, OpenIncidents, OwnAlarms } from './sweep.ts';
import type { Callbacks, WorkflowStarter } from './workflow.ts';

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

/** What a request to take something back needs. */
export type UndoPorts = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledger: Pick<Ledger, 'incident' | 'entries' | 'append' | 'open' | 'release' | 'markStarted'>;
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
  readonly routing: Routing;
  readonly protection: Protection;
  readonly stacks: Stacks;
  readonly scaling: Scaling;
};

export type RecoverPorts = LookPorts & {
  readonly metrics: Metrics;
  readonly taskLogs: TaskLogs;
  readonly fleet: Fleet & FleetSize;
  readonly settings: SettingsReader;
  readonly ledger: Pick<
    Ledger,
    | 'incident'
    | 'append'
    | 'entries'
    | 'recent'
    | 'condemned'
    | 'incidents'
    | 'withdraw'
    | 'awaitWord'
    | 'close'
    | 'release'
  >;
  readonly notifier: Notifier;
  readonly outbox: Pick<Outbox, 'limit' | 'update'>;
  /** The address of the API through which people ask, for messages. */
  readonly operatorApi: string;
};

/** What a person's answer needs. */
export type AnswerPorts = {
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'incident' | 'entries' | 'answer' | 'awaited'>;
  readonly callbacks: Callbacks;
};

/** What ends the incident of a workflow that died: it looks at the world only to settle what was begun. */
export type WorkflowEndedPorts = LookPorts &
  Pick<RecoverPorts, 'settings' | 'ledger' | 'notifier' | 'outbox' | 'operatorApi'> & {
    readonly fleet: Pick<Fleet, 'update'>;
  };

/** What pauses and resumes, and no more: a stop must not depend on what it does not need. */
export type StopPorts = {
  readonly clock: Clock;
  readonly settings: SettingsReader;
  readonly controls: ControlsWriter;
  readonly log: OperationLog;
  readonly fleet: Pick<Fleet, 'update'>;
};

/** What answers proposals and takes back. Nothing here changes a service: that is left to the incident's workflow. */
export type OperatorPorts = UndoPorts & AnswerPorts & { readonly log: OperationLog };

/** What the sweep reaches: what on-signal and workflow-ended do, and what they could have missed. It changes nothing either. */
export type SweepPorts = SignalPorts &
  WorkflowEndedPorts & {
    readonly ledger: Pick<Ledger, 'heard'>;
    readonly alarms: Alarms;
    readonly ownAlarms: OwnAlarms;
    readonly outbox: Outbox;
    readonly openIncidents: OpenIncidents;
    readonly executions: Executions;
    readonly counts: Counts;
  };

export type ActionPorts<K extends ActionKind> = LookPorts & {
  readonly fleet: Fleet;
  readonly ledger: Pick<Ledger, 'entries' | 'recent' | 'condemned' | 'incidents' | 'order' | 'claim' | 'withdraw'>;
  readonly change: Pick<Changes, GrantedTo<K>>;
};
