/** What kind of thing happened; it has a colour and a letter of its own. */
export type Mark = 'fault' | 'signal' | 'diagnosis' | 'stopped' | 'act' | 'check' | 'told' | 'well' | 'person' | 'note';

/** One thing that happened: when, in seconds since the start, what, and what there is to say about it. */
export type TimelineEvent = {
  readonly at: number;
  readonly mark: Mark;
  /** A word for the margin, ten characters at most. */
  readonly word: string;
  readonly service: string | null;
  readonly text: string;
  readonly details: readonly string[];
};
