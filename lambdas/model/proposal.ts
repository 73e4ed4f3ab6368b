import type { ActionKind } from '../contract/names.ts';
import type { ReasonCode } from '../contract/reasons.ts';
import type { TargetRef } from '../contract/targets.ts';
import type { Duration, Instant } from '../contract/time.ts';
import type { Evidence } from './evidence.ts';
import type { ServiceRef, TaskRef } from './facts.ts';

/** What each action is done to. A new action adds one line here. */
export type Subjects = {
  /** One task's targets, in all target groups of the service. */
  'deregister-target': { readonly task: TaskRef; readonly targets: readonly TargetRef[] };
  'register-target': { readonly task: TaskRef; readonly targets: readonly TargetRef[] };
  'replace-task': { readonly task: TaskRef; readonly targets: readonly TargetRef[] };
  'restart-service': {
    readonly service: ServiceRef;
    /** The newest deployment when it was proposed: any newer one of the same task definition is the restart. */
    readonly onTopOf: string | null;
  };
  'roll-back-deployment': {
    readonly service: ServiceRef;
    /** The deployment that is taken back, and the task definition it brought. */
    readonly deployment: string;
    readonly from: string;
    /** Still running: AWS stops it and rolls back. Finished: the service goes to `to`. */
    readonly way: 'stop-running' | 'update-service';
    /** Task definition of the newest release known to be good, and the deployment that brought it. */
    readonly to: string;
    readonly good: string;
  };
  'roll-forward-deployment': {
    readonly service: ServiceRef;
    /** Task definition that was gone back to, and the one that comes again. */
    readonly from: string;
    readonly to: string;
    /** The deployments that brought them. */
    readonly good: string;
    readonly deployment: string;
  };
};

/** What an act expects to see, and by when. */
export type Expectation =
  /** The alarms' own values fall below their thresholds, or by this task's share (0..1) of the trouble. */
  | { readonly see: 'trouble-falls'; readonly share: number; readonly by: Duration }
  /** The targets are still out of the load balancer. */
  | { readonly see: 'stays-out'; readonly by: Duration }
  /** With `share`, the trouble falls too, since that was not seen before. */
  | { readonly see: 'all-tasks-healthy'; readonly by: Duration; readonly share?: number }
  /** The deployment has finished, and after it the alarms are quiet. */
  | { readonly see: 'deployment-helps'; readonly by: Duration }
  | { readonly see: 'registered'; readonly by: Duration }
  /** The deployment has finished; whether that is good is for the person to say who asked for it. */
  | { readonly see: 'deployed'; readonly by: Duration };

export type WayBack = {
  /** `undo`: taken when it did not help. `if-worse`: only when it made things worse, or a person asks. */
  readonly kind: 'undo' | 'if-worse' | 'by-itself' | 'none';
  /** One sentence for people. */
  readonly says: string;
};

/** One action on one subject. `key` is the same whenever the same thing is proposed again. */
export type Proposal<K extends ActionKind = ActionKind> = {
  readonly key: string;
  /** The key of the act of its rung that it does once more, since ECS took that one back by itself. */
  readonly repeats?: string;
  readonly kind: K;
  readonly subject: Subjects[K];
  /** The subject as people call it, one line. */
  readonly subjectName: string;
  readonly rationale: string;
  /** What it rests on; guardrails judge its age. */
  readonly because: readonly Evidence[];
  readonly expects: Expectation;
  readonly wayBack: WayBack;
};

/** Why an action does not apply, for the hand-over. */
export type NotApplicable = { readonly kind: 'not-applicable'; readonly reason: ReasonCode; readonly because: string };

/** Is a proposal still right for the world as it is now? */
export type Recheck =
  | { readonly kind: 'go' }
  | { readonly kind: 'already-so' }
  /** Not yet; look again at `until`. */
  | { readonly kind: 'later'; readonly until: Instant; readonly reason: ReasonCode }
  | { readonly kind: 'changed'; readonly reason: ReasonCode; readonly because: string };

/** Acts that belong together, tried as one: first the aid, then what makes it whole again. */
export type Rung = {
  /** The diagnosis and its subject, so that a rung is not tried twice. */
  readonly key: string;
  readonly acts: readonly (Proposal | (NotApplicable & { readonly action: ActionKind }))[];
};
/** Least invasive rung first; below the last one: a person. */
export type Plan = readonly Rung[];
