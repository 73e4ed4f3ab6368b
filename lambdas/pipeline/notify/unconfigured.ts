import { readableReason } from '../../contract/alarm-reason.ts';
import { reasons } from '../../contract/reasons.ts';
import { plainText } from '../../contract/text.ts';
import type { EntryOf } from '../../model/ledger-entry.ts';
import type { Message } from '../../model/message.ts';
import type { Signal } from '../../model/signal.ts';
import { layOut } from './layout.ts';
import { subjectLength } from './subject.ts';
import { clockTime } from './wording.ts';

/** A service in trouble whose configuration is no use: all that is known is what its alarms say. */
export function unconfigured(ended: EntryOf<'HandedOver'>, topic: string, signals: readonly Signal[]): Message {
  const { id, incident, service } = ended;
  return {
    id: `${incident}/${id}`,
    topic,
    subject: plainText(`${service}: NEEDS YOU - its configuration is invalid, nothing done`, subjectLength),
    body: body(ended, signals),
    kind: 'handed-over',
    service,
    severity: 'critical',
    dedupKey: incident,
    status: 'trigger',
  };
}

const body = ({ incident, at, reason, says }: EntryOf<'HandedOver'>, signals: readonly Signal[]): string =>
  layOut([
    {
      title: 'THIS NEEDS A PERSON',
      paragraphs: [
        `Paramedic has handed over at ${clockTime(at)} UTC: it can do nothing for this service, not even watch it.`,
        `Why: ${reasons[reason]} ${says} (${reason})`,
        'Until its stack is deployed again, every new alarm of it ends like this one.',
      ],
    },
    {
      title: 'WHAT IS WRONG',
      items: signals.map(
        ({ kind, at: since, says: why }) => `${kind} alarm at ${clockTime(since)}: ${readableReason(why)}`,
      ),
    },
    {
      title: 'LOOK AT',
      verbatim: [...signals.map(({ alarm }) => `Alarm ${plainText(alarm, 255)}`), `Incident ${incident}`],
    },
  ]);
