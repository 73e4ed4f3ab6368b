import { SimulatedControls } from '../../../lib/simulator/adapters/controls.ts';
import { simulatedControlsWriter } from '../../../lib/simulator/adapters/controls-writer.ts';
import { describeControlsWriter } from '../../contract/controls-writer-contract.ts';

describeControlsWriter('simulated', async () => {
  let now = 0;
  const clock = { now: () => now };
  const controls = new SimulatedControls(clock);
  return {
    at: (instant) => {
      now = instant;
      return { writer: simulatedControlsWriter(controls, clock), reader: controls };
    },
    lose: async () => controls.uninstall(),
    fail: () => controls.setReadable(false),
  };
});
