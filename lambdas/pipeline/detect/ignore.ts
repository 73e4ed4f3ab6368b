import type { SignalKind } from '../../contract/names.ts';
import type { Ignored, IgnoredBecause, Signal } from '../../model/signal.ts';

/** What is known about an event that is no signal. */
type Known = {
  readonly service?: string | null;
  readonly kind?: SignalKind | null;
  readonly state?: Signal['state'] | null;
};

/** A readable event that opens and joins nothing. */
export const ignore = (ignored: IgnoredBecause, says: string, known: Known = {}): Ignored => ({
  ignored,
  understood: true,
  says,
  service: known.service ?? null,
  kind: known.kind ?? null,
  state: known.state ?? null,
});

/** Something nobody here can read. */
export const notUnderstood = (ignored: IgnoredBecause, says: string): Ignored => ({
  ...ignore(ignored, says),
  understood: false,
});
