import type { ActionKind } from '../../contract/names.ts';
import type { GrantedTo } from '../../contract/permissions.ts';
import type { ServiceSettings } from '../../contract/settings.ts';
import type { Diagnosis, SickTask } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Standing } from '../../model/facts.ts';
import type { History } from '../../model/incident-state.ts';
import type { Drift, OrderRef } from '../../model/order.ts';
import type { NotApplicable, Proposal, Recheck } from '../../model/proposal.ts';
import type { Changes } from '../../ports/changes.ts';

/** What an action may know when it is proposed or rechecked. */
export type ActCase = {
  readonly settings: ServiceSettings;
  readonly standing: Standing;
  readonly history: History;
};

/** One recovery action per file, whole: the file name is the kind. */
export interface Action<K extends ActionKind> {
  readonly kind: K;
  /**
   * Pure, in `recover`. What would be done, to what, and why. `focus` is the sick task a rung is for; null for rungs on the
   * whole service. Does not depend on earlier acts of its rung: in observe mode nothing before it was done.
   */
  propose(diagnosis: Diagnosis, focus: SickTask | null, given: ActCase): Proposal<K> | NotApplicable;
  /** Pure, in both functions. Asked right before acting, and to settle an unknown result. */
  recheck(proposal: Proposal<K>, given: ActCase): Recheck;
  /** The only effect, in the action's function. `change` holds what this action's role grants and nothing else. */
  apply(proposal: Proposal<K>, change: Pick<Changes, GrantedTo<K>>, standing: Standing, order: OrderRef): Promise<void>;
  /** Pure. Is the change to be seen in the world? A sentence if so, such as "draining in both target groups". */
  confirm(proposal: Proposal<K>, standing: Standing): string | undefined;
  /** Pure, once it is confirmed. What the service runs by now that whatever deploys it knows nothing of. */
  drift?(proposal: Proposal<K>, standing: Standing): Drift | undefined;
  /** Pure, in `recover`. The way back, as another action's proposal, resting on what the check said. */
  undo(proposal: Proposal<K>, because: readonly Evidence[]): Proposal | NotApplicable;
}
