import { describeChanges } from '../../contract/changes-contract.ts';
import { openInMoto } from './fleet-world.ts';

describeChanges('moto', openInMoto('100000003000'));
