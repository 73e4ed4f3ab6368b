import pc from 'picocolors';
import type { DiagnosisKind } from '../../lambdas/model/diagnosis.ts';
import type { Evidence } from '../../lambdas/model/evidence.ts';
import type { Signal } from '../../lambdas/model/signal.ts';
import type { Explained, ExplainedAction } from '../../lib/simulator/explain-at.ts';

/** What the event is, and what it would do by itself. */
export function signalLines({ alarm, kind, service, state, at, says }: Signal): readonly string[] {
  const when = new Date(at).toISOString();
  const what = state === 'firing' ? pc.red('is firing') : pc.green('is OK again');
  return [`The alarm ${pc.bold(alarm)} (${kind} of ${service}) ${what} since ${when}.`, `It says: ${says}`, ''];
}

/** Without a world to look at, all that can be said is what would begin. */
export const withoutWorld = ({ service, state }: Signal): readonly string[] =>
  state === 'firing'
    ? [
        `Paramedic would open an incident for ${pc.bold(service)}, or join the one that is open.`,
        'What it would do then depends on what it sees; give it a world to look at: --at SCENARIO@8m',
      ]
    : [`Paramedic would join the open incident of ${pc.bold(service)} as evidence; if none is open, nothing follows.`];

/** What Paramedic sees in a simulated account at that time, what it thinks of it, and what it would do. */
export function worldLines(explained: Explained, { service, state }: Signal, where: string): readonly string[] {
  const { incident, mode, diagnosis, actions, verdicts } = explained;
  const begins =
    incident === null
      ? state === 'firing'
        ? `it opens an incident for ${service}`
        : `no incident of ${service} is open, so nothing follows`
      : `it joins the open incident ${incident}`;
  const sure = diagnosis.kind === 'undetermined' ? '' : `, ${Math.round(diagnosis.confidence * 100)} % sure`;
  const stopped = verdicts.filter(({ verdict }) => verdict !== 'allow');
  return [
    `In ${pc.bold(where)} ${begins}.`,
    '',
    `Diagnosis: ${pc.bold(diagnosis.kind)}${sure}`,
    ...weighed('for', diagnosis.because),
    ...weighed('against', diagnosis.against),
    '',
    ...(actions.length === 0 ? [whyNothing(diagnosis.kind)] : ['What would be done:']),
    ...actions.flatMap((action, index) => actionLines(action, index + 1, mode)),
    ...(verdicts.length === 0 ? [] : ['', `Guardrails: ${guardrailsInShort(verdicts.length, stopped.length)}`]),
    ...stopped.map(
      ({ action, guardrail, verdict, says }) => `  ${pc.yellow(verdict)} ${action} by ${guardrail}: ${says}`,
    ),
  ];
}

function whyNothing(kind: DiagnosisKind): string {
  switch (kind) {
    case 'undetermined':
      return 'Nothing would be done: Paramedic looks again, and calls a person if it stays unclear.';
    case 'aws-is-healing':
      return 'Nothing would be done: AWS is at it, and a person is called only if it fails.';
    default:
      return 'Nothing would be done: only a person can help.';
  }
}

const weighed = (side: string, evidence: readonly Evidence[]): readonly string[] =>
  evidence.map(({ says }) => `  ${side}: ${says}`);

function actionLines(action: ExplainedAction, number: number, mode: string): readonly string[] {
  const { kind, subject, rationale, verdict, reason, enforced, decided } = action;
  const fate = enforced
    ? pc.green(decided ? 'begun by the open incident' : 'would be done')
    : verdict === 'allow'
      ? pc.yellow(`allowed, but withheld: the service is in ${mode} mode`)
      : pc.yellow(`not done: ${verdict} (${reason})`);
  return [`  ${number}. ${pc.bold(kind)}${subject === null ? '' : ` ${subject}`}: ${fate}`, `     ${rationale}`];
}

const guardrailsInShort = (all: number, stopped: number): string =>
  stopped === 0 ? `all ${all} verdicts allow it.` : `${all - stopped} of ${all} verdicts allow it; these do not:`;
