import { simulatedOperationLog } from '../../../lib/simulator/adapters/operation-log.ts';
import { describeOperationLog } from '../../contract/operation-log-contract.ts';

describeOperationLog('simulated', async () => simulatedOperationLog());
