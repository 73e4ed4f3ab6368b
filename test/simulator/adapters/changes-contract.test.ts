import { describeChanges } from '../../contract/changes-contract.ts';
import { simulatedFleetWorld } from './fleet-world.ts';

describeChanges('the simulated account', simulatedFleetWorld);
