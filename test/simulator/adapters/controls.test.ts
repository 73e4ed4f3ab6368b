import { SimulatedControls } from '../../../lib/simulator/adapters/controls.ts';
import { describeControls } from '../../contract/controls-contract.ts';

describeControls('simulated', async () => {
  let now = 0;
  const controls = new SimulatedControls({ now: () => now });
  return {
    at: (instant) => {
      now = instant;
      return controls;
    },
    pause: async (service, until) => {
      // Written before anybody reads.
      now = 0;
      controls.pause(service, { by: 'ann', why: 'a test', until });
    },
    lose: async () => controls.uninstall(),
    fail: () => controls.setReadable(false),
  };
});
