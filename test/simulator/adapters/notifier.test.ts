import { listenersOf } from '../../../lib/simulator/adapters/audience.ts';
import { SimulatedNotifier } from '../../../lib/simulator/adapters/notifier.ts';
import { describeNotifier } from '../../contract/notifier-contract.ts';
import { Play } from '../world/play.ts';

describeNotifier('simulated', async () => {
  const { world, clock, service } = new Play();
  const notifier = new SimulatedNotifier(clock, (topic) => listenersOf(world, topic));
  return {
    notifier,
    topic: service.spec.settings.topic,
    nowhere: `${service.spec.settings.topic}-gone`,
    delivered: async () =>
      notifier.published.map(({ message: { subject, body, service: of, severity, kind, dedupKey, status } }) => ({
        subject,
        body,
        attributes: { service: of, severity, kind, dedupKey, status },
      })),
  };
});
