import type { Mishaps } from './faults/fault.ts';
import type { Functions } from './functions.ts';
import type { Installation } from './installation.ts';

/** What scenarios can do to Paramedic itself and to its way to AWS. */
export function mishapsOf(installation: Installation, functions: Functions): Mishaps {
  const { deaths, controls, api, memory } = installation;
  return {
    killAt: (death) => deaths.add(death),
    killAtRandom: (where) => deaths.strikeAtRandom(where),
    beforeNext: (call, run) => deaths.beforeNext(call, run),
    pause: ({ service, ...pause }) => controls.pause(service, pause),
    resume: (service) => controls.resume(service),
    pauseUnreadable: (on) => controls.setReadable(!on),
    apiFault: (cause, fault) => (fault === null ? api.faults.clear(cause) : api.faults.set(cause, fault)),
    staleReads: (millis) => memory.answerAsOf(millis),
    answers: (cause, answerer) => functions.people.set(cause, answerer),
    invocationsLate: (late) => {
      functions.late = late;
    },
    invocationsTwice: (rate) => {
      functions.twice = rate;
    },
    endsUnheard: (on) => {
      functions.endsUnheard = on;
    },
    stopWorkflow: (service) => {
      void functions.stopWorkflow(service);
    },
    undo: (service) => {
      void functions.undoNewest(service);
    },
  };
}
