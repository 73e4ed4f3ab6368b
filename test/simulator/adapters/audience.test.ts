import { simulatedAudience } from '../../../lib/simulator/adapters/audience.ts';
import { describeAudience } from '../../contract/audience-contract.ts';
import { Play, specOf } from '../world/play.ts';

describeAudience('simulated', async () => {
  const topicOf = (id: string) => `arn:aws:sns:eu-central-1:123456789012:${id}`;
  const specs = [0, 1, 3].map((listeners) => {
    const spec = specOf(`service-${listeners}`, { listeners });
    return { ...spec, settings: { ...spec.settings, topic: topicOf(spec.id) } };
  });
  const { world, clock } = new Play({ specs });
  const audience = simulatedAudience(world);
  return {
    // Each call takes a moment of the world's time.
    audience: {
      confirmed: async (topic) => {
        const [answer] = await Promise.allSettled([audience.confirmed(topic), clock.runUntil(clock.now() + 1000)]);
        if (answer.status === 'rejected') throw answer.reason;
        return answer.value;
      },
    },
    topicOf: async (people) => topicOf(`service-${people}`),
    nowhere: topicOf('nowhere'),
  };
});
