import { z } from 'zod';
import type { MessageLimit } from '../../lambdas/contract/settings.ts';
import { installDefaults } from './defaults.ts';
import { durationFrom } from './duration.ts';
import { field } from './field.ts';

const d = installDefaults.messages;

/** Messages are remembered for an hour: a window must end before. */
const window = durationFrom('1m', '30m');

const mostAllowed = 'a whole number from 2 to 100';

/** How many messages people get at once. */
export const messagesConfig = z.strictObject({
  most: field(z.int(mostAllowed).min(2, mostAllowed).max(100, mostAllowed), 'Messages, the summary included.', d.most),
  window: field(window, 'Within any time of this length, which is 1m at least and 30m at most.', d.window),
});

/** With the defaults filled in. */
export const messageLimit = (config: z.output<typeof messagesConfig> = {}): MessageLimit => ({
  most: config.most ?? d.most,
  window: config.window ?? window.parse(d.window),
});
