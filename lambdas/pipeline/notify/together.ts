import { reasons } from '../../contract/reasons.ts';
import { counted, plainText } from '../../contract/text.ts';
import type { EntryOf, LedgerEntry } from '../../model/ledger-entry.ts';
import type { Message } from '../../model/message.ts';
import type { HeldTogether } from '../../model/verdict.ts';
import { causeSection, lookSection, troubleSection } from './facts.ts';
import { layOut, type Section } from './layout.ts';
import { onlyKind, type Told } from './story.ts';
import { subjectLength } from './subject.ts';
import { clockTime } from './wording.ts';

/** Incidents that are held for one cause, and what they share. */
export type Together = { readonly among: readonly HeldTogether[]; readonly says: string };

/** The newest hold for a cause that others are held for too. */
export function heldTogether(story: readonly LedgerEntry[]): Together | undefined {
  const { verdict } = onlyKind(story, 'ActionHeld').at(-1)?.ruling ?? {};
  if (verdict?.kind !== 'hold' || verdict.among === undefined || verdict.among.length < 2) return undefined;
  return { among: verdict.among, says: verdict.says };
}

/** One message for all incidents held for one cause when they open: whichever is told first tells of the others. */
export const openedTogether = (told: Told, together: Together): Message =>
  message('opened', told, together, {
    subject: `${counted(together.among.length, 'service')} in trouble at once: ${names(together)}`,
    kind: 'opened',
    status: 'trigger',
    severity: 'warning',
    first: {
      title: 'WHAT HAPPENS NOW',
      paragraphs: [
        'Paramedic changes nothing while they are in trouble together: the cause is outside of each of them. If it stays so, each is handed over.',
      ],
    },
  });

/** One message for all of them when the first is handed over. */
export const handedOverTogether = (told: Told, together: Together, { at, reason }: EntryOf<'HandedOver'>): Message =>
  message('handed over', told, together, {
    subject: `NEEDS YOU - ${counted(together.among.length, 'service')} in trouble at once, nothing done: ${names(together)}`,
    kind: 'handed-over',
    status: 'update',
    severity: 'critical',
    first: {
      title: 'THIS NEEDS A PERSON',
      paragraphs: [
        `Paramedic changes nothing while they are in trouble together. It has handed over ${told.settings.id} at ${clockTime(at)} UTC, and hands over each of the others that is still held then.`,
        `Why: ${reasons[reason]} (${reason})`,
      ],
    },
  });

type Particulars = Pick<Message, 'subject' | 'kind' | 'status' | 'severity'> & { readonly first: Section };

function message(what: string, told: Told, { among, says }: Together, particulars: Particulars): Message {
  const { first, subject, ...rest } = particulars;
  const own = told.incident.id;
  const tells = [{ service: told.settings.id, incident: own }, ...among.filter(({ incident }) => incident !== own)].map(
    ({ service, incident }) => ({ id: `${incident}/${what} together`, service, dedupKey: incident }),
  );
  return {
    ...rest,
    id: `${own}/${what} together`,
    tells,
    topic: told.settings.topic,
    service: 'several',
    dedupKey: tells.map(({ dedupKey }) => dedupKey).join(','),
    subject: plainText(subject, subjectLength),
    body: layOut([
      first,
      { title: 'WHAT THEY SHARE', paragraphs: [says] },
      { title: 'SERVICES', verbatim: among.map(({ service, incident }) => `${service} (${incident})`) },
      troubleSection(told, 'ONE OF THEM'),
      causeSection(told),
      lookSection(told),
    ]),
  };
}

const names = ({ among }: Together): string => among.map(({ service }) => service).join(', ');
