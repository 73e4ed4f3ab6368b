import { publishedSettings } from '../../../lib/simulator/adapters/settings.ts';
import { describeSettings } from '../../contract/settings-contract.ts';

describeSettings('simulated', async (published) => publishedSettings(published));
