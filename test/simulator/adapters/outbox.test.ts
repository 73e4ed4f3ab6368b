import { simulatedOutbox } from '../../../lib/simulator/adapters/outbox.ts';
import { describeOutbox } from '../../contract/outbox-contract.ts';

describeOutbox('simulated', async () => simulatedOutbox());
