import pc from 'picocolors';

type Paint = (text: string) => string;

/** How a report looks: with colours or without. Colours never carry meaning alone. */
export type Style = {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly act: Paint;
  readonly told: Paint;
};

export function styleOf(color: boolean): Style {
  const { bold, dim, green, red, yellow, cyan, magenta } = pc.createColors(color);
  return { bold, dim, good: green, bad: red, warn: yellow, act: cyan, told: magenta };
}
