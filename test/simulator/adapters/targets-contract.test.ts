import { describeTargets } from '../../contract/targets-contract.ts';
import { simulatedFleetWorld } from './fleet-world.ts';

describeTargets('the simulated account', simulatedFleetWorld);
