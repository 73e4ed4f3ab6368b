import type { Answer, Operation } from '../model/operation.ts';
import type { OperationRecord } from '../model/operation-record.ts';
import type { OperatorPorts } from '../ports/ports.ts';
import { answerProposal } from './answer-proposal.ts';
import { pauseChanges } from './pause-changes.ts';
import { requestUndo } from './request-undo.ts';
import { resumeChanges } from './resume-changes.ts';

/**
 * The door for people. What is asked is written down before it is done, what came of it after; if it can't be written
 * down, nothing is done. `request` is the same for the same request however often it comes: only the first one counts, and
 * the others hear what came of it. `by` is who asks, as AWS says.
 */
export async function operate(
  operation: Operation,
  by: string,
  ports: OperatorPorts,
  request = nextRequest(ports),
): Promise<Answer> {
  const begun = await ports.log.begin({ id: request, at: ports.clock.now(), by, operation, answer: null });
  if (begun !== 'begun') return repeated(begun);
  const answer = await carryOut(operation, by, ports);
  try {
    await ports.log.end(request, answer);
    return answer;
  } catch {
    // It is done all the same, and who asked for it stands in the log.
    return { ...answer, says: `${answer.says} This answer could not be recorded.` };
  }
}

function carryOut(operation: Operation, by: string, ports: OperatorPorts): Promise<Answer> {
  switch (operation.kind) {
    case 'pause':
      return pauseChanges(operation, by, ports);
    case 'resume':
      return resumeChanges(operation, by, ports);
    case 'approve':
    case 'reject':
      return answerProposal({ ...operation, kind: operation.kind }, by, ports);
    case 'undo':
      return requestUndo(operation, by, ports);
  }
}

const repeated = ({ answer }: OperationRecord): Answer =>
  answer ?? {
    kind: 'refused',
    says: 'This very request came before, and what became of it is not recorded: look at how things stand, and ask again.',
  };

/** Time, so that ids sort by it, and a random tail. */
const nextRequest = ({ clock, ids }: OperatorPorts): string => `${clock.now()}-${ids.next()}`;
