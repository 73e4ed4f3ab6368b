import { plainText, wrap } from '../../contract/text.ts';

/** A heading with paragraphs and a list below it. One without either is left out. */
export type Section = {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly items?: readonly string[];
  /** Lines that must stay as they are: commands and addresses, to be copied. */
  readonly verbatim?: readonly string[];
};

/** As wide as a phone and an old terminal show without breaking lines. */
const width = 72;
const longestParagraph = 700;
const mostItems = 12;

/** Plain text: headings in capitals, short paragraphs, lists with dashes. */
export const layOut = (sections: readonly Section[]): string =>
  sections
    .map(sectionText)
    .filter((text) => text !== '')
    .join('\n\n');

function sectionText({ title, paragraphs = [], items = [], verbatim = [] }: Section): string {
  const rest = items.length - mostItems;
  const listed = rest > 0 ? [...items.slice(0, mostItems), `and ${rest} more`] : items;
  const lines = [
    ...paragraphs.filter((each) => each !== '').map((each) => wrap(clean(each), width)),
    ...listed.map((each) => `- ${wrap(clean(each), width, '  ').trimStart()}`),
    ...verbatim,
  ];
  return lines.length === 0 ? '' : [title, ...lines].join('\n');
}

const clean = (text: string): string => plainText(text, longestParagraph);
