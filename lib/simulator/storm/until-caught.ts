import { playSeed } from './play-storm.ts';

/** What is left out, and which seeds are played at most until an invariant breaks. */
export type Hunt = { readonly without: string; readonly from: number; readonly most: number };

/** After how many seeds an invariant broke, with which seed, and which; null when none did. */
export type Caught = {
  readonly without: string;
  readonly played: number;
  readonly caught: { readonly seed: number; readonly invariant: string; readonly says: string } | null;
};

/** Plays seed after seed without something that keeps Paramedic safe, until an invariant breaks. */
export async function untilCaught({ without, from, most }: Hunt): Promise<Caught> {
  for (let seed = from; seed < from + most; seed++) {
    const [broken] = (await playSeed(seed, without)).broken;
    if (broken === undefined) continue;
    const { invariant, says } = broken;
    return { without, played: seed - from + 1, caught: { seed, invariant, says } };
  }
  return { without, played: most, caught: null };
}
