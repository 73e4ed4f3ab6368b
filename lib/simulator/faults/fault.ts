import type { z } from 'zod';
import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Service } from '../world/service.ts';
import type { World } from '../world/world.ts';

/** Somebody who answers the proposals of a service, so many ms after each. */
export type Answerer = {
  readonly service: string;
  readonly answer: 'approve' | 'reject';
  readonly after: number;
  readonly by: string;
};

/** What can go wrong with the account outside its services: functions, the pause item, the APIs. */
export interface Mishaps {
  /** The function's process dies at its next passing of that step: the n-th from 1 on, or the one of that name. */
  killAt(where: { readonly function: string; readonly step: string | number; readonly when: 'before' | 'after' }): void;
  /** A person pauses Paramedic, for one service or (null) for all; `until` null: until it is resumed. */
  pause(pause: {
    readonly service: string | null;
    readonly by: string;
    readonly why: string;
    readonly until: Instant | null;
  }): void;
  resume(service: string | null): void;
  /** The pause item cannot be read. */
  pauseUnreadable(on: boolean): void;
  /** Does something right before the next call, made by one of the functions, whose name begins so. */
  beforeNext(call: string, run: () => void): void;
  /** A share (`rate`, 0 to 1) of API calls goes wrong; null ends what that cause began. `operations` names a port, or null for all. */
  apiFault(
    cause: object,
    fault: {
      readonly kind: 'throttled' | 'failed' | 'timed-out';
      readonly operations: string | null;
      readonly rate: number;
    } | null,
  ): void;
  /** Reads of the world are answered as they would have been up to so many ms ago; null ends it. */
  staleReads(millis: number | null): void;
  /** A share (0 to 1) of the action functions runs twice for one order; 0 ends it. */
  invocationsTwice(rate: number): void;
  /** A person stops the workflow of the service's open incident, if there is one. */
  stopWorkflow(service: string): void;
  /** Nobody hears that a workflow has ended before its time. */
  endsUnheard(on: boolean): void;
  /** A person asks for the undo of the service's newest incident, if there is one. */
  undo(service: string): void;
  /** That function (null: any) begins up to so many ms late; null ends it. */
  invocationsLate(late: { readonly function: string | null; readonly by: number } | null): void;
  /** Somebody answers the proposals of a service; null ends what that cause began. */
  answers(cause: object, answerer: Answerer | null): void;
  /** A process of that function (null: any) dies at each of its calls with this probability; null ends it. */
  killAtRandom(where: { readonly function: string | null; readonly rate: number } | null): void;
}

export type Scene = { readonly world: World; readonly mishaps: Mishaps };

/** What every fault has besides its own fields. `until` is set where the scenario ends it. The same object strikes and ends. */
export type Struck = { readonly service?: string | undefined; readonly until?: unknown };

/** One kind of fault; one per file, whose name is its kind. */
export interface FaultKind {
  readonly kind: string;
  /** Does it hit one service, which the scenario has to name? Otherwise it hits the one named, or all. */
  readonly needsService: boolean;
  /** Its own fields, beyond `at`, `until`, `service` and `kind`. */
  readonly schema: z.ZodObject;
  /** Does it to the world. */
  strike(scene: Scene, fault: Struck): void;
  /** Ends it, at `until`. Absent where there is nothing to end. */
  end?(scene: Scene, fault: Struck): void;
}

/** Writes a fault kind down with its own fields typed. */
export const defineFault = <S extends z.ZodObject>(
  kind: Omit<FaultKind, 'schema' | 'strike' | 'end'> & {
    readonly schema: S;
    strike(scene: Scene, fault: z.output<S> & Struck): void;
    end?(scene: Scene, fault: z.output<S> & Struck): void;
  },
): FaultKind => kind;

/** The service the fault names, or all of them. */
export const struckServices = ({ world }: Scene, { service }: Struck): readonly Service[] =>
  service === undefined ? world.services : [world.service(service)];

/** The service of a fault that needs one. */
export function struckService({ world }: Scene, { service }: Struck): Service {
  if (service === undefined) throw new Error('This fault hits one service: name it with `service:`.');
  return world.service(service);
}

/** Does it at once, or right before the next call whose name begins so. */
export function atOnceOrBefore({ mishaps }: Scene, before: string | undefined, run: () => void): void {
  if (before === undefined) run();
  else mishaps.beforeNext(before, run);
}
