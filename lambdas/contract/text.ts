import { type Duration, inMillis } from './time.ts';

/** What e-mail clients and phones show alike, by the character people tend to type. */
const lookalikes: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u2192': '->',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u00a0': ' ',
  '\u00d7': 'x',
};

/**
 * One line of printable ASCII, at most `max` characters. Control characters and line breaks become a space; what does not
 * fit ends in three dots. For text that comes from outside, such as an alarm's own words.
 */
export function plainText(text: string, max: number): string {
  // Far longer input is cut before it is looked at: nobody pays for a megabyte of it.
  const short = text.slice(0, max * 4 + 16);
  const ascii = /^[ -~]*$/.test(short) ? short : Array.from(short, asciiFor).join('');
  const line = ascii.replace(/ {2,}/g, ' ').trim();
  return line.length <= max ? line : `${line.slice(0, Math.max(0, max - 3)).trimEnd()}${'...'.slice(0, max)}`;
}

const asciiFor = (char: string): string => lookalikes[char] ?? (isPrintable(char) ? char : placeholder(char));

const isPrintable = (char: string): boolean => char >= ' ' && char <= '~';

const placeholder = (char: string): string =>
  char < ' ' || (char >= '\u007f' && char < '\u00a0') || /\s/.test(char) ? ' ' : '?';

/** Breaks one paragraph into lines of at most `width` characters; a word that is longer stands alone on its line. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => `${indent}${each}`.trimEnd()).join('\n');
}

/** A length of time as people say it: `40 s`, `7 min`, `1 h 5 min`, `2 d 3 h`. Never negative. */
export function inWords(length: Duration | number): string {
  const seconds = Math.max(0, Math.round((typeof length === 'number' ? length : inMillis(length)) / 1000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `1 task`, `3 tasks`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;
