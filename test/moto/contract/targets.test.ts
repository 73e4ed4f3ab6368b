import { describeTargets } from '../../contract/targets-contract.ts';
import { openInMoto } from './fleet-world.ts';

describeTargets('moto', openInMoto('100000001000'));
