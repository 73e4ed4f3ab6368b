import { simulatedImages } from '../../../lib/simulator/adapters/images.ts';
import { describeImages } from '../../contract/images-contract.ts';
import { Play } from '../world/play.ts';

describeImages('simulated', async () => {
  const play = new Play();
  const { releases } = play.service;
  const repository = releases.of({ id: '42', pinned: false }).image.replace(/:42$/, '');
  let built = 0;
  const pushed = new Set<string>();
  return {
    repository,
    async resolve(references) {
      const asked = simulatedImages(play.world).resolve(references);
      const [answer] = await Promise.all([asked, play.until(play.seconds + 1)]);
      return answer;
    },
    async push(tag) {
      const release = releases.of({ id: tag, pinned: false });
      if (pushed.has(tag)) {
        const digest = `sha256:${String(++built).padStart(64, '0')}`;
        releases.moveTag(release, digest);
        return digest;
      }
      pushed.add(tag);
      return release.digest;
    },
  };
});
