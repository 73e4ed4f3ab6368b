import { describeServices } from '../../contract/services-contract.ts';
import { simulatedFleetWorld } from './fleet-world.ts';

describeServices('the simulated account', simulatedFleetWorld);
