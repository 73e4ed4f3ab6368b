import type { ActionKind } from '../../contract/names.ts';
import { shortName } from '../../contract/short-name.ts';
import { counted, plainText } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { Diagnosis, SickTask } from '../../model/diagnosis.ts';
import type { Proposal } from '../../model/proposal.ts';

const symptoms: Readonly<Record<SickTask['symptom'], string>> = {
  errors: 'failing',
  slow: 'slow',
  silent: 'not answering',
};

/** What is wrong in half a dozen words: `1 of 6 tasks slow`. `treated` counts sick tasks that were found before. */
export function diagnosisInShort(diagnosis: Diagnosis, treated = 0): string {
  switch (diagnosis.kind) {
    case 'sick-target':
      return sickInShort(diagnosis, Math.max(treated, diagnosis.count ?? diagnosis.sick.length));
    case 'bad-deployment':
      return `release ${revisionName(diagnosis.taskDefinition)} is bad`;
    case 'shared-cause':
      return sharedInShort(diagnosis);
    case 'worn-out':
      return 'all tasks are worn out';
    case 'aws-is-healing':
      return diagnosis.what === 'rolling-back' ? 'AWS is rolling back' : 'tasks stopped, AWS replaces them';
    case 'undetermined':
      return 'cause unknown';
  }
}

function sharedInShort({ because }: Diagnosis): string {
  const rise = because.find((each) => each.kind === 'TrafficRose');
  const traffic = rise?.kind === 'TrafficRose' ? `traffic rose ${rise.factor.toFixed(1)}-fold, ` : '';
  return `${traffic}all tasks suffer alike`;
}

function sickInShort({ sick, among }: Extract<Diagnosis, { kind: 'sick-target' }>, count: number): string {
  const symptom = symptoms[sick[0]?.symptom ?? 'errors'];
  const tasks = counted(among ?? count, 'task');
  return among === undefined ? `${tasks} ${symptom}` : `${count} of ${tasks} ${symptom}`;
}

/** What it means, and who can do something about it. */
export function diagnosisMeans(diagnosis: Diagnosis): string {
  switch (diagnosis.kind) {
    case 'sick-target':
      return 'The other tasks are well, so it is these tasks and not the release or a dependency.';
    case 'bad-deployment':
      return 'Every task that runs it suffers, and the trouble began after it came.';
    case 'shared-cause':
      return 'No single task and no new release stands out: a dependency, or more traffic than the tasks can take. Nothing that Paramedic can restart would help.';
    case 'worn-out':
      return 'Every task is old and its memory has grown steadily: a leak.';
    case 'aws-is-healing':
      return 'AWS is at it already. Paramedic watches and does not interfere.';
    case 'undetermined':
      return 'The evidence does not say what is wrong.';
  }
}

type Forms = {
  /** Before the answer is there, and once AWS has begun it. */
  readonly doing: string;
  readonly begun: string;
  /** Once the incident is over. */
  readonly done: string;
  readonly would: string;
};
const forms: Readonly<Record<ActionKind, Forms>> = {
  'deregister-target': { doing: 'taking it out', begun: 'taken out', done: 'taken out', would: 'take it out' },
  'register-target': { doing: 'putting it back', begun: 'put back', done: 'put back', would: 'put it back' },
  'replace-task': { doing: 'replacing it', begun: 'replacing it', done: 'replaced', would: 'replace it' },
  'restart-service': {
    doing: 'restarting all tasks',
    begun: 'restarting all tasks',
    done: 'restarted',
    would: 'restart all tasks',
  },
  'roll-back-deployment': { doing: 'rolling back', begun: 'rolling back', done: 'rolled back', would: 'roll back' },
  'roll-forward-deployment': {
    doing: 'rolling forward again',
    begun: 'rolling forward again',
    done: 'rolled forward again',
    would: 'roll forward again',
  },
};
export const actInWords = (kind: ActionKind): Forms => forms[kind];

/** What is done, and to what, as a headline of its own. */
export function actTitle(proposal: Proposal): string {
  const subject = plainText(proposal.subjectName, 120);
  switch (proposal.kind) {
    case 'deregister-target':
      return `Take ${subject} out of the load balancer${proposal.repeats === undefined ? '' : ' again'}`;
    case 'register-target':
      return `Put ${subject} back into the load balancer`;
    case 'replace-task':
      return `Replace ${subject}`;
    case 'restart-service':
      return `Restart ${subject}`;
    case 'roll-back-deployment':
      return `Roll back: ${subject}`;
    case 'roll-forward-deployment':
      return `Roll forward again: ${subject}`;
  }
}

/** `arn:aws:ecs:region:account:task-definition/checkout:42` as people call it: `checkout:42`. */
export const revisionName = (taskDefinition: string): string => plainText(shortName(taskDefinition), 60);

/** `10:04:20`, in UTC. */
export const clockTime = (at: Instant): string => new Date(at).toISOString().slice(11, 19);

export const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
