import type { AlarmKind } from '../contract/names.ts';
import type { Instant } from '../contract/time.ts';

/** Which alarms are asked for: all whose name begins so, or these (a hundred at most). */
export type AlarmQuery = { readonly prefix: string } | { readonly names: readonly string[] };

/** An alarm that is in ALARM now. */
export type FiringAlarm = {
  readonly name: string;
  /** When it changed to ALARM. */
  readonly since: Instant;
  /** Its own reason, and the JSON that comes with it. */
  readonly reason: string;
  readonly reasonData: string | null;
  /** Its actions are disabled, or held back by its suppressor: nobody wants to be called for it. Mute rules are asked for apart. */
  readonly silenced: boolean;
};

/** A firing alarm beside a service it is a signal of; `kind` null where its name says it. */
export type AddressedAlarm = {
  readonly alarm: FiringAlarm;
  readonly service: string;
  readonly kind: AlarmKind | null;
};
