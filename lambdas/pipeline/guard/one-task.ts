import type { Proposal } from '../../model/proposal.ts';

/** The task that an act takes out of service or stops; `undefined` for acts on the whole service and for ways back. */
export function oneTask({ kind, subject }: Proposal): string | undefined {
  if (kind !== 'deregister-target' && kind !== 'replace-task') return undefined;
  return 'task' in subject ? subject.task.task : undefined;
}
