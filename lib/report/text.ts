/** Breaks a text into lines of at most `width` columns; a word that is longer stands alone. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Cuts a line that can't be wrapped, such as a command, into pieces that can be put together again. */
export const chopped = (line: string, width: number): readonly string[] =>
  line.length <= width ? [line] : [line.slice(0, width), ...chopped(line.slice(width), width)];
