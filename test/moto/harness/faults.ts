import type { Reply } from './account.ts';
import type { Asked } from './asked.ts';
import { jsonReply, xmlReply } from './replies.ts';

/**
 * What can happen to a request: refused for its rate, for want of permission, or by a server in trouble; never answered;
 * cut off before AWS got it; or carried out, with the answer lost on its way.
 */
export type Fault = 'throttled' | 'denied' | 'unavailable' | 'hang' | 'unreachable' | 'answer-lost';

type Refusing = Exclude<Fault, 'hang' | 'unreachable' | 'answer-lost'>;

const refusals: Readonly<Record<Refusing, { readonly code: string; readonly status: number }>> = {
  throttled: { code: 'ThrottlingException', status: 400 },
  denied: { code: 'AccessDeniedException', status: 400 },
  unavailable: { code: 'ServiceUnavailable', status: 503 },
};

/** The query protocols of ELB and SNS have names of their own for two of them. */
const inQuery: Readonly<Partial<Record<Refusing, { readonly code: string; readonly status: number }>>> = {
  throttled: { code: 'Throttling', status: 400 },
  denied: { code: 'AccessDenied', status: 403 },
};

/** The refusal in the protocol of the request. */
export function refusalOf(fault: Refusing, { headers, operation }: Asked): Reply {
  const isQuery = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const { code, status } = (isQuery ? inQuery[fault] : undefined) ?? refusals[fault];
  const message = `${operation} met a fault: ${fault}.`;
  if (!isQuery) return jsonReply({ __type: code, message }, status, { 'x-amzn-errortype': code });
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return xmlReply(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`, status);
}
