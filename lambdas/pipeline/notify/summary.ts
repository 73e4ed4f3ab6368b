import type { MessageLimit } from '../../contract/settings.ts';
import { counted, inWords, plainText } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { Line, Message } from '../../model/message.ts';
import { layOut } from './layout.ts';
import { subjectLength } from './subject.ts';
import { clockTime } from './wording.ts';

/**
 * Incidents that fit into one message: SNS takes 262,144 bytes, attributes included
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html), and one of the longest takes 202 of ASCII: 99 of
 * subject, 63 below it, 40 of `dedupKey`.
 */
const mostIncidents = 1_200;

const severities = ['critical', 'warning', 'info'] as const;

/** How an incident stands, the worst first: its heading, and what a subject says of so many of them. */
const standings = {
  needy: { title: 'NEED YOU', says: (count: number) => `${count} ${count === 1 ? 'NEEDS' : 'NEED'} YOU` },
  open: { title: 'OPEN', says: (count: number) => `${count} open` },
  over: { title: 'RECOVERED', says: (count: number) => `${count} recovered` },
};
type Standing = keyof typeof standings;
const worstFirst = Object.keys(standings) as Standing[];

function standingOf({ kind, severity }: Line): Standing {
  if (kind === 'recovered') return 'over';
  const asks = kind === 'asked' && severity === 'critical';
  return asks || kind === 'handed-over' || kind === 'tasks-outside' ? 'needy' : 'open';
}

/** The newest line of an incident, and all it makes needless. */
type Newest = Line & { readonly standing: Standing; readonly lines: readonly Line[] };

/**
 * Many messages as one: names every incident with its service and what has become of it, the worst first. What does not fit
 * is left for the next one.
 */
export function summary(
  lines: readonly Line[],
  topic: string,
  now: Instant,
  { most, window }: MessageLimit,
  silentUntil: Instant | null,
): Message {
  const all = newestOf(lines).sort((one, other) => rankOf(one) - rankOf(other));
  const incidents = all.slice(0, mostIncidents);
  const services = [...new Set(incidents.map(({ service }) => service))];
  const left = all.length - incidents.length;
  const sections = worstFirst.map((standing) => ({
    title: standings[standing].title,
    verbatim: incidents.filter((each) => each.standing === standing).map(paragraph),
  }));
  return {
    id: `summary/${now}/${incidents[0]?.id ?? 'empty'}`,
    topic,
    subject: subjectOf(incidents, services),
    body: layOut([
      {
        title: 'SUMMARY',
        paragraphs: [
          'Too much happens at once to tell it one by one. This is the newest of each incident, the worst first.',
          silentUntil === null
            ? ''
            : `The topic has had its ${most} messages in ${inWords(window)}: none comes before ${clockTime(silentUntil)} UTC, whatever happens.`,
          left === 0 ? '' : `${counted(left, 'more incident')} did not fit and will be in the next summary.`,
        ],
      },
      ...sections,
    ]),
    kind: 'summary',
    service: services.length === 1 ? (services[0] ?? 'several') : 'several',
    severity: severities.find((severity) => incidents.some((each) => each.severity === severity)) ?? 'info',
    dedupKey: [...new Set(incidents.map(({ dedupKey }) => dedupKey))].join(','),
    status: 'update',
    tells: incidents.flatMap(({ lines: each }) => each.map(({ id, service, dedupKey }) => ({ id, service, dedupKey }))),
  };
}

/** What an incident left behind is a matter of its own: it neither hides the incident's end nor is hidden by it. */
const matterOf = ({ id, kind, dedupKey }: Line): string => (kind === 'tasks-outside' ? id : dedupKey);

function newestOf(all: readonly Line[]): Newest[] {
  const matters = new Map<string, Line[]>();
  for (const line of all) matters.set(matterOf(line), [...(matters.get(matterOf(line)) ?? []), line]);
  return [...matters.values()].flatMap((lines) => {
    const newest = lines.at(-1);
    if (newest === undefined) return [];
    // Whoever has not heard of it yet is told that it begins, unless it is over.
    const begins = newest.status !== 'resolve' && lines.some(({ status }) => status === 'trigger');
    return [{ ...newest, status: begins ? 'trigger' : newest.status, standing: standingOf(newest), lines }];
  });
}

const rankOf = ({ standing, severity }: Newest): number =>
  worstFirst.indexOf(standing) * severities.length + severities.indexOf(severity);

/** `37 incidents on 35 services: 3 NEED YOU, 30 open, 4 recovered - billing, cart, search` */
function subjectOf(incidents: readonly Newest[], services: readonly string[]): string {
  const of = (standing: Standing) => incidents.filter((each) => each.standing === standing);
  const counts = worstFirst.flatMap((each) => (of(each).length > 0 ? [standings[each].says(of(each).length)] : []));
  const number = new Set(incidents.map(({ dedupKey }) => dedupKey)).size;
  const whose = [...new Set(of('needy').map(({ service }) => service))].join(', ');
  const title = `${counted(number, 'incident')} on ${counted(services.length, 'service')}: ${counts.join(', ')}`;
  return plainText(whose === '' ? title : `${title} - ${whose}`, subjectLength);
}

function paragraph({ service, subject, severity, status, dedupKey }: Newest): string {
  const begins = `${service}: `;
  const title = plainText(subject.startsWith(begins) ? subject : `${begins}${subject}`, subjectLength);
  return `${title}\n  ${severity}, ${status}, ${dedupKey}`;
}
