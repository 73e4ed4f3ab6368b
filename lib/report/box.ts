import type { Notification } from '../simulator/result.ts';
import { clock } from './figures.ts';
import type { Style } from './style.ts';
import { chopped, wrapped } from './text.ts';

/** A message as the person on call got it: subject in the frame, the whole body inside. */
export function boxed(
  { at, subject, body, attributes, people }: Notification,
  width: number,
  style: Style,
): readonly string[] {
  const inner = width - 4;
  const row = (line: string, paint: (text: string) => string = (text) => text): string =>
    `${style.told('│')} ${paint(line)}${' '.repeat(Math.max(0, inner - line.length))} ${style.told('│')}`;
  const title = ` ${clock(at)} ${attributes.severity}, to ${people} ${people === 1 ? 'person' : 'people'} `;
  return [
    style.told(`┌─${title}${'─'.repeat(Math.max(0, width - title.length - 3))}┐`),
    ...wrapped(subject, inner).map((line) => row(line, style.bold)),
    row(''),
    ...body.split('\n').flatMap((line) => chopped(line, inner).map((piece) => row(piece))),
    style.told(`└${'─'.repeat(width - 2)}┘`),
  ];
}
