import type { Reply } from '../harness/account.ts';
import { jsonReply } from '../harness/replies.ts';

/** A refusal as ECS gives it. */
export const refused = (code: string, message: string): Reply =>
  jsonReply({ __type: code, message }, 400, { 'x-amzn-errortype': code });
