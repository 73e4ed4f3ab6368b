import { describeGuardReads } from '../../contract/guard-reads-contract.ts';
import { simulatedGuardWorld } from './fleet-world.ts';

describeGuardReads('the simulated account', simulatedGuardWorld);
