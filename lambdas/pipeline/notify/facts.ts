import { readableReason } from '../../contract/alarm-reason.ts';
import { pauseCommand } from '../../contract/controls-item.ts';
import { curlLines } from '../../contract/operation-api.ts';
import { plainText } from '../../contract/text.ts';
import type { Section } from './layout.ts';
import type { Told } from './story.ts';
import { actTitle, clockTime, diagnosisInShort, diagnosisMeans } from './wording.ts';

/** What is wrong, in the words of the alarms. */
export function troubleSection({ settings, signals, began }: Told, title = 'WHAT IS WRONG'): Section {
  return {
    title,
    paragraphs: [`${settings.id}, since about ${clockTime(began)} UTC on ${day(began)}.`],
    items: signals.map(({ kind, state, at, says }) =>
      state === 'firing'
        ? `${kind} alarm at ${clockTime(at)}: ${readableReason(says)}`
        : `${kind} alarm: OK again since ${clockTime(at)}.`,
    ),
  };
}

/** Because of what: the diagnosis, and what speaks for and against it. */
export function causeSection({ diagnosis }: Told): Section {
  if (diagnosis === null) return { title: 'BECAUSE OF WHAT', paragraphs: ['Not known: no diagnosis was made.'] };
  const sure = diagnosis.kind === 'undetermined' ? '' : `, ${Math.round(diagnosis.confidence * 100)} % sure`;
  return {
    title: 'BECAUSE OF WHAT',
    paragraphs: [`${sentence(diagnosisInShort(diagnosis))} (${diagnosis.kind}${sure}). ${diagnosisMeans(diagnosis)}`],
    items: [
      ...diagnosis.because.map((each) => `for: ${each.says}`),
      ...diagnosis.against.map((each) => `against: ${each.says}`),
    ],
  };
}

/** Where to look: the team's runbook, the service's page, the alarms by name. */
export const lookSection = ({ incident, settings, signals }: Told): Section => ({
  title: 'LOOK AT',
  verbatim: [
    plainText(settings.runbook, 500),
    ...consolePage(settings),
    ...signals.map(({ alarm }) => `Alarm ${plainText(alarm, 255)}`),
    `Incident ${incident.id}`,
  ],
});

export const stopSection = ({ settings }: Told): Section => ({
  title: 'TO STOP PARAMEDIC ON THIS SERVICE',
  paragraphs: [
    'The second line lets it go on. Where nothing answers, the third stops it too; with "BOOL":false it goes on again.',
  ],
  verbatim: [
    ...['pause', 'resume'].map((verb) => `paramedic ${verb} ${settings.id} --why "TEXT"`),
    pauseCommand(settings, settings.region),
  ],
});

/** How a person has taken back what was done; left out where nothing was, or nothing has a way back. */
export function undoSection({ incident, undoable }: Told): Section {
  if (undoable.length === 0) return { title: 'TO TAKE IT BACK' };
  return {
    title: 'TO TAKE IT BACK',
    items: undoable.map(({ proposal }) => actTitle(proposal)),
    verbatim: [`paramedic undo ${incident.id} --why "TEXT"`],
  };
}

/** One of the things that may be asked, for people who have curl and AWS credentials and nothing of Paramedic. */
export function curlSection(
  told: Told,
  route: 'approve' | 'pause' | 'undo',
  fields: Readonly<Record<string, string>>,
): Section {
  const { operatorApi, settings } = told;
  return {
    title: 'WITHOUT A CHECKOUT OF PARAMEDIC',
    paragraphs: [
      `With AWS credentials in the environment, curl ${byCurl[route]}. The runbook says what else it can ask.`,
    ],
    verbatim: curlLines(operatorApi, settings.region, route, { ...fields, why: 'TEXT' }),
  };
}

const byCurl = {
  approve: 'approves it; with /reject in the place of /approve it rejects it',
  pause: 'stops Paramedic on this service; with /resume in the place of /pause it lets it go on',
  undo: 'takes it back',
} as const;

/** The form that stops Paramedic on the service. */
export const pauseByCurl = (told: Told): Section => curlSection(told, 'pause', { service: told.settings.id });

/** The form that takes back what was done; none where nothing has a way back. */
export const undoByCurl = (told: Told): readonly Section[] =>
  told.undoable.length === 0 ? [] : [curlSection(told, 'undo', { incident: told.incident.id })];

/** The service in the ECS console, where its address is known: other partitions have consoles of their own. */
function consolePage({ region, resources }: Told['settings']): readonly string[] {
  if (!resources.cluster.startsWith('arn:aws:') || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return [];
  const cluster = encodeURIComponent(resources.cluster.split('/').at(-1) ?? '');
  const service = encodeURIComponent(resources.service);
  return [
    `https://${region}.console.aws.amazon.com/ecs/v2/clusters/${cluster}/services/${service}/health?region=${region}`,
  ];
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
