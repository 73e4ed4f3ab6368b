import { SimulatedControls } from '../../../lib/simulator/adapters/controls.ts';
import { SimulatedFleet } from '../../../lib/simulator/adapters/fleet.ts';
import { SimulatedLedger } from '../../../lib/simulator/adapters/ledger.ts';
import { describeFleet } from '../../contract/fleet-contract.ts';
import { start } from '../../contract/ledger-samples.ts';

describeFleet('simulated', async () => {
  const ledger = new SimulatedLedger(new SimulatedControls({ now: () => start }));
  return { ledger, fleet: new SimulatedFleet(ledger, 2) };
});
