import type { Controls } from '../../../lambdas/model/controls.ts';
import type { ControlsWriter } from '../../../lambdas/ports/operator.ts';
import type { Clock } from '../../../lambdas/ports/sight.ts';
import type { SimulatedControls } from './controls.ts';

/** The pause items as people write them. */
export const simulatedControlsWriter = (controls: SimulatedControls, clock: Clock): ControlsWriter => ({
  readAll: async () => {
    controls.reach();
    const now = clock.now();
    const services = Object.fromEntries(
      controls.written().map((service): [string, Controls] => [service, controls.item(service, now)]),
    );
    return { everything: controls.item(null, now), services };
  },
  write: async (service, { paused, by, why, until }) => {
    controls.reach();
    if (paused) controls.pause(service, { by, why, until });
    else controls.resume(service);
  },
});
