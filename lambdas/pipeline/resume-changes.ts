import type { Controls } from '../model/controls.ts';
import type { Answer, StopOperation } from '../model/operation.ts';
import type { AllControls } from '../ports/operator.ts';
import type { StopPorts } from '../ports/ports.ts';
import { pardon } from './guard/verified-acts.ts';
import { pauseInWords, unknownService } from './pause-wording.ts';

type Resume = Extract<StopOperation, { readonly kind: 'resume' }>;

/** Ends a pause, of everything or of one service. The other one stays, and is named. */
export async function resumeChanges({ service, why }: Resume, by: string, ports: StopPorts): Promise<Answer> {
  if (service !== null && (await ports.settings.of(service)) === undefined) return unknownService(service);
  const all = await ports.controls.readAll();
  await ports.controls.write(service, { paused: false, by, why, until: null });
  // Whoever lets everything go on has seen what failed lately: Paramedic may be trusted anew.
  if (service === null) await ports.fleet.update((record) => ({ record: pardon(record), result: null }));
  const says = service === null ? everythingResumed(all) : serviceResumed(service, all);
  return { kind: 'done', says };
}

function everythingResumed({ everything, services }: AllControls): string {
  const still = Object.entries(services)
    .filter(([, own]) => own.kind !== 'running')
    .map(([service]) => service)
    .sort();
  const said = everything.kind === 'running' ? 'Nothing was paused as a whole.' : ended('Paramedic', everything);
  if (still.length === 0) return `${said} Changes may be made again.`;
  return `${said} Still paused by themselves: ${still.join(', ')}.`;
}

function serviceResumed(service: string, { everything, services }: AllControls): string {
  const own = services[service] ?? { kind: 'running' };
  const said = own.kind === 'running' ? `${service} was not paused by itself.` : ended(service, own);
  switch (everything.kind) {
    case 'running':
      return `${said} Changes may be made again.`;
    case 'paused':
      return `${said} But everything is paused ${pauseInWords(everything)}: nothing is changed until that ends.`;
    case 'unreadable':
      return `${said} But nothing is changed yet: ${everything.because}. Resume everything to write it anew.`;
  }
}

const ended = (what: string, before: Exclude<Controls, { readonly kind: 'running' }>): string =>
  before.kind === 'paused'
    ? `${what} works again; it was paused ${pauseInWords(before)}.`
    : `${what} works again; ${before.because}.`;
