import { counted, plainText } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { Message, PendingLine } from '../../model/message.ts';
import { subjectLength } from './subject.ts';

const severities = ['critical', 'warning', 'info'] as const;

/** Many messages as one: names every service, and every incident with what became of it. The worst come first. */
export function digest(lines: readonly PendingLine[], topic: string, now: Instant): Message {
  const services = [...new Set(lines.flatMap((each) => each.services ?? [each.service]))];
  const worst = severities.find((severity) => lines.some((each) => each.severity === severity)) ?? 'info';
  const ordered = severities.flatMap((severity) => lines.filter((each) => each.severity === severity));
  const title = `${counted(lines.length, 'message')} on ${counted(services.length, 'service')}: ${services.join(', ')}`;
  return {
    id: `digest/${now}/${lines[0]?.id ?? 'empty'}`,
    topic,
    subject: plainText(title, subjectLength),
    body: [
      'Too much happens at once to send it one by one. Since the last message:',
      ordered.map(paragraph).join('\n\n'),
      `SERVICES\n${services.join('\n')}`,
    ].join('\n\n'),
    kind: 'digest',
    service: services.length === 1 ? (services[0] ?? 'several') : 'several',
    severity: worst,
    dedupKey: [...new Set(lines.flatMap((each) => each.dedupKey.split(',')))].join(','),
    status: 'update',
  };
}

const paragraph = (line: PendingLine): string =>
  [line.subject, `  ${line.severity}, ${line.status}`, `  ${line.dedupKey}`].join('\n');
