import { after } from '../../contract/time.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny, hold } from './verdicts.ts';

/** Nothing is changed while a person has paused Paramedic, nor while it can't be told whether one has. */
export const killSwitch: Guardrail = {
  name: 'kill-switch',
  holdsWaysBack: true,

  check(_proposal, { controls, standing }) {
    switch (controls.kind) {
      case 'running':
        return allow;
      case 'paused': {
        // Stored items outlive their time: the end of a pause is the time it states, not the item's disappearance.
        if (controls.until !== null && controls.until <= standing.at) return allow;
        const what = controls.scope === 'everything' ? 'Paramedic' : 'Paramedic for this service';
        return deny('controls.paused', `${controls.by} has paused ${what}: ${controls.why}`);
      }
      case 'unreadable':
        return hold(
          'controls.unreadable',
          after(standing.at, { seconds: 30 }),
          `Whether Paramedic is paused could not be read: ${controls.because}`,
        );
    }
  },
};
