import { simulatedStarter } from '../../../lib/simulator/adapters/workflow-starter.ts';
import { describeStarter } from '../../contract/starter-contract.ts';

describeStarter('simulated', async () => {
  const begun: unknown[] = [];
  return { starter: simulatedStarter((start) => begun.push(start)), begun: () => begun };
});
