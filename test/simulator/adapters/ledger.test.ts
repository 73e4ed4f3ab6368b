import { SimulatedControls } from '../../../lib/simulator/adapters/controls.ts';
import { SimulatedLedger } from '../../../lib/simulator/adapters/ledger.ts';
import { simulatedOpenIncidents } from '../../../lib/simulator/adapters/open-incidents.ts';
import { describeLedger } from '../../contract/ledger-contract.ts';
import { start } from '../../contract/ledger-samples.ts';

describeLedger('simulated', async () => {
  const controls = new SimulatedControls({ now: () => start });
  const ledger = new SimulatedLedger(controls);
  return {
    ledger,
    openIncidents: simulatedOpenIncidents(ledger),
    pause: async (service, until) => controls.pause(service, { by: 'ann', why: 'a test', until }),
    losePauseItem: async () => controls.uninstall(),
  };
});
