import type { Mishaps } from './faults/fault.ts';
import type { Installation } from './installation.ts';

/** What scenarios can do to Paramedic itself and to its way to AWS. */
export const mishapsOf = ({ deaths, controls, api }: Pick<Installation, 'deaths' | 'controls' | 'api'>): Mishaps => ({
  killAt: (death) => deaths.add(death),
  pause: ({ service, ...pause }) => controls.pause(service, pause),
  resume: (service) => controls.resume(service),
  pauseUnreadable: (on) => controls.setReadable(!on),
  apiFault: (fault) => {
    api.fault = fault;
  },
});
