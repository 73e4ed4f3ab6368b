/** Four words from a text, well mixed, so that seeds that differ in one letter share nothing. */
function mix(text: string): readonly [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  return [a, b, c, d];
}

/** Below this mean a count is drawn exactly; from it on the normal curve is close enough. */
const exactBelow = 30;
/** Powers of one probability that are kept. */
const keptPowers = 32;

/** Seeded randomness (sfc32). Streams of different names are independent, so that one more service changes no other. */
export class Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #mean = 0;
  #none = 1;
  #probability = 0;
  #powers: Float64Array | undefined;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    [this.#a, this.#b, this.#c, this.#d] = mix(this.#seed);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** The stream of that name: the same whatever was drawn from this one. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** A whole number, 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }

  /** 0 up to, not including, 1. */
  next(): number {
    return this.uint32() / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Hexadecimal digits. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += this.uint32().toString(16).padStart(8, '0');
    return digits.slice(0, length);
  }

  /** The standard normal distribution. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** How many of many unlikely events happen, `mean` on average. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean >= exactBelow) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let left = this.next();
    let chance = this.#chanceOfNone(mean);
    let count = 0;
    while (left >= chance && chance > 0) {
      left -= chance;
      chance *= mean / ++count;
    }
    return count;
  }

  /** How many of `trials` succeed when each does with this probability (0 to 1). */
  binomial(trials: number, probability: number): number {
    if (trials <= 0 || probability <= 0) return 0;
    if (probability >= 1) return trials;
    if (probability > 0.5) return trials - this.binomial(trials, 1 - probability);
    const mean = trials * probability;
    if (mean >= exactBelow) {
      const drawn = Math.round(mean + Math.sqrt(mean * (1 - probability)) * this.normal());
      return Math.min(trials, Math.max(0, drawn));
    }
    const odds = probability / (1 - probability);
    let left = this.next();
    let chance = this.#chanceOfAllFailing(trials, probability);
    let count = 0;
    while (left >= chance && count < trials) {
      left -= chance;
      count++;
      chance *= ((trials - count + 1) / count) * odds;
    }
    return count;
  }

  /** `Math.exp(-mean)`: second by second the same one is asked for. */
  #chanceOfNone(mean: number): number {
    if (mean !== this.#mean) {
      this.#mean = mean;
      this.#none = Math.exp(-mean);
    }
    return this.#none;
  }

  /** `(1 - probability) ** trials`: of one probability the same few are asked for again and again. */
  #chanceOfAllFailing(trials: number, probability: number): number {
    if (trials >= keptPowers) return (1 - probability) ** trials;
    this.#powers ??= new Float64Array(keptPowers);
    if (probability !== this.#probability) {
      this.#probability = probability;
      this.#powers.fill(0);
    }
    const known = this.#powers[trials] ?? 0;
    if (known !== 0) return known;
    const power = (1 - probability) ** trials;
    this.#powers[trials] = power;
    return power;
  }
}
