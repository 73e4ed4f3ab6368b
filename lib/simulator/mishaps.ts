import type { Mishaps } from './faults/fault.ts';
import type { Installation } from './installation.ts';

/** What scenarios can do to Paramedic itself and to its way to AWS. */
export function mishapsOf(installation: Installation): Mishaps {
  const { deaths, controls, api, memory } = installation;
  return {
    killAt: (death) => deaths.add(death),
    killAtRandom: (where) => deaths.strikeAtRandom(where),
    pause: ({ service, ...pause }) => controls.pause(service, pause),
    resume: (service) => controls.resume(service),
    pauseUnreadable: (on) => controls.setReadable(!on),
    apiFault: (cause, fault) => (fault === null ? api.faults.clear(cause) : api.faults.set(cause, fault)),
    staleReads: (millis) => memory.answerAsOf(millis),
    invocationsLate: (millis) => {
      installation.invocationsLate = millis;
    },
  };
}
