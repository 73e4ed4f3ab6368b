import type { Answer, Operation, OperationRequest, StopOperation, TreatmentOperation } from '../model/operation.ts';
import type { OperationRecord } from '../model/operation-record.ts';
import type { OperatorPorts, StopPorts } from '../ports/ports.ts';
import { answerProposal } from './answer-proposal.ts';
import { pauseChanges } from './pause-changes.ts';
import { requestUndo } from './request-undo.ts';
import { resumeChanges } from './resume-changes.ts';

/** The door for people who stop Paramedic, and let it go on. */
export const pauseOrResume = (request: OperationRequest<StopOperation>, ports: StopPorts): Promise<Answer> =>
  once(request, ports, ({ operation, by }) =>
    operation.kind === 'pause' ? pauseChanges(operation, by, ports) : resumeChanges(operation, by, ports),
  );

/** The door for people who answer proposals, and take back. */
export const operate = (request: OperationRequest<TreatmentOperation>, ports: OperatorPorts): Promise<Answer> =>
  once(request, ports, ({ operation, by }) =>
    operation.kind === 'undo' ? requestUndo(operation, by, ports) : answerProposal(operation, by, ports),
  );

/**
 * What is asked is written down before it is done, what came of it after; if it can't be written down, nothing is done. Of the
 * requests with one id only the first counts, and its like hear what came of it.
 */
async function once<O extends Operation>(
  request: OperationRequest<O>,
  { log, clock }: Pick<StopPorts, 'log' | 'clock'>,
  carryOut: (request: OperationRequest<O>) => Promise<Answer>,
): Promise<Answer> {
  const { id, by, operation } = request;
  const begun = await log.begin({ id, at: clock.now(), by, operation, answer: null });
  if (begun !== 'begun') return repeated(request, begun);
  const answer = await carryOut(request);
  try {
    await log.end(id, answer);
    return answer;
  } catch {
    // It is done all the same, and who asked for it stands in the log.
    return { ...answer, says: `${answer.says} This answer could not be recorded.` };
  }
}

/** Whoever asks under an id that was used for something else, or by somebody else, hears nothing of that. */
function repeated({ by, operation }: OperationRequest, known: OperationRecord): Answer {
  if (by !== known.by || JSON.stringify(operation) !== JSON.stringify(known.operation))
    return { kind: 'refused', says: 'Another request had this id, so nothing was done: ask with a new one.' };
  return (
    known.answer ?? {
      kind: 'refused',
      says: 'This very request came before, and what became of it is not recorded: look at how things stand, and ask with a new id.',
    }
  );
}
