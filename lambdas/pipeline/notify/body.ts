import { reasons } from '../../contract/reasons.ts';
import { inWords } from '../../contract/text.ts';
import type { EntryOf } from '../../model/ledger-entry.ts';
import type { ActResult } from '../../model/order.ts';
import { attemptLines, intentLines, withheldLines } from './acts.ts';
import { driftSection } from './drift.ts';
import {
  causeSection,
  lookSection,
  pauseByCurl,
  stopSection,
  troubleSection,
  undoByCurl,
  undoSection,
} from './facts.ts';
import { layOut, type Section } from './layout.ts';
import type { Told } from './story.ts';
import { clockTime } from './wording.ts';

/** An incident was opened: what is wrong, why, and what will happen now. */
export function openedBody(told: Told): string {
  const next: Section = { title: 'WHAT HAPPENS NOW', paragraphs: [whatHappensNow(told)] };
  return layOut([
    troubleSection(told),
    causeSection(told),
    next,
    lookSection(told),
    stopSection(told),
    pauseByCurl(told),
  ]);
}

/** Something is being changed. */
export function actedBody(told: Told, { order, ruling }: EntryOf<'ActionStarted'>, result: ActResult | null): string {
  const doing: Section = {
    title: result?.kind === 'done' ? 'WHAT WAS DONE' : 'WHAT IS BEING DONE',
    items: intentLines(order.proposal, result),
    paragraphs: [
      `All ${ruling.findings.length} guardrails allowed it. It will be checked; you will be told how it ended.`,
    ],
  };
  return layOut([
    troubleSection(told),
    causeSection(told),
    doing,
    driftSection(told),
    lookSection(told),
    stopSection(told),
    pauseByCurl(told),
  ]);
}

/** It is over: what it was and what was done about it. */
export function recoveredBody(told: Told, entry: EntryOf<'RecoveryConfirmed'>): string {
  const lasted = inWords(entry.at - told.began);
  const well: Section = {
    title: 'RECOVERED',
    paragraphs: [`Recovered at ${clockTime(entry.at)} UTC, ${lasted} after the trouble began.`, entry.says],
    items: entry.because.map((each) => each.says),
  };
  return layOut([
    well,
    troubleSection(told, 'WHAT WAS WRONG'),
    causeSection(told),
    ...endSections(told, []),
    lookSection(told),
    ...undoByCurl(told),
  ]);
}

/** A person has to go on: everything that is known. */
export function handedOverBody(told: Told, entry: EntryOf<'HandedOver'>): string {
  const why = reasons[entry.reason];
  const over: Section = {
    title: 'THIS NEEDS A PERSON',
    paragraphs: [
      `Paramedic has handed over at ${clockTime(entry.at)} UTC and changes nothing more in this incident.`,
      `Why: ${why}${entry.says === '' || entry.says === why ? '' : ` ${entry.says}`} (${entry.reason})`,
    ],
  };
  const left: Section = { title: 'LEFT UNDONE', items: entry.leftUndone };
  const end = endSections(told, entry.notDone);
  return layOut([
    over,
    left,
    troubleSection(told),
    causeSection(told),
    ...end,
    lookSection(told),
    stopSection(told),
    ...(told.undoable.length === 0 ? [pauseByCurl(told)] : undoByCurl(told)),
  ]);
}

/** What was done, would have been done, and was not done. */
function endSections(told: Told, notDone: readonly string[]): readonly Section[] {
  const done = attemptLines(told);
  return [
    { title: 'WHAT WAS DONE', ...(done.length > 0 ? { items: done } : { paragraphs: ['Nothing was changed.'] }) },
    { title: 'WHAT WOULD HAVE BEEN DONE', items: withheldLines(told) },
    driftSection(told),
    undoSection(told),
    { title: 'WHAT WAS NOT DONE, AND WHY', items: [...new Set([...told.stopped, ...notDone])] },
  ];
}

function whatHappensNow({ settings, diagnosis }: Told): string {
  if (settings.mode === 'observe') {
    return 'This service is in observe mode: Paramedic changes nothing. It will say what it would have done and hand over.';
  }
  const asks = settings.mode === 'approve' ? ' Before it changes anything, it asks you.' : '';
  switch (diagnosis?.kind) {
    case 'aws-is-healing':
      return `AWS gets ${inWords(settings.timing.healingWithin)} to bring the service back; if it fails, a person is called.`;
    case 'shared-cause':
    case 'undetermined':
      return 'Nothing can be done safely with what is known. Paramedic looks again before it calls a person.';
    default:
      return `Paramedic does the least invasive thing that can help, checks it, and takes it back if it does not help.${asks}`;
  }
}
