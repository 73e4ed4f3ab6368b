import type { StormRun } from '../../lib/simulator/storm/play-storm.ts';
import type { Caught, Hunt } from '../../lib/simulator/storm/until-caught.ts';

/** What the workers of a storm are asked for: to play some seeds, or to play until something that is left out is missed. */
export type StormTask =
  | { readonly kind: 'seeds'; readonly seeds: readonly number[]; readonly without: string | undefined }
  | ({ readonly kind: 'until-caught' } & Hunt);

export type StormAnswer =
  | { readonly kind: 'seeds'; readonly runs: readonly StormRun[] }
  | { readonly kind: 'until-caught'; readonly caught: Caught };
