import type { Message } from '../../lambdas/model/message.ts';

export const message = (topic: string, change: Partial<Message> = {}): Message => ({
  id: 'incident/end',
  topic,
  subject: 'checkout: 1 of 6 tasks slow, replaced - recovered in 7 min',
  body: 'WHAT IS WRONG\n  One task was slow.\n\nWHAT WAS DONE\n  It was replaced.',
  kind: 'recovered',
  service: 'checkout',
  severity: 'info',
  dedupKey: '20260105-120000-abcdefgh',
  status: 'resolve',
  ...change,
});
