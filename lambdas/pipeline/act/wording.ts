import type { SickTask } from '../../model/diagnosis.ts';

/** "in its target group", "in both target groups", "in all 3 target groups". */
export const inGroups = (groups: number): string => {
  if (groups === 1) return 'in its target group';
  return groups === 2 ? 'in both target groups' : `in all ${groups} target groups`;
};

/** What is wrong with a sick task, to stand after its name. */
export const symptoms = {
  errors: 'fails requests',
  slow: 'is slow',
  silent: 'does not answer',
} as const satisfies Record<SickTask['symptom'], string>;

/** A share of 0..1 as people read it. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** An instant as people read it, UTC to the minute. */
export const date = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
