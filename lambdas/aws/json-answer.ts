import type { PostAnswer } from './post.ts';
import { refusal } from './signed-call.ts';

/** The object in an answer of a JSON API. Throws the refusal that it is; `none` is the code that means there is nothing. */
export function jsonIn(name: string, { status, body }: PostAnswer, none?: string): unknown {
  const answer = parsed(body);
  if (status === 200) return answer;
  const type = fieldOf(answer, '__type');
  // `com.amazonaws.ssm#ParameterNotFound`
  const code = typeof type === 'string' ? type.slice(type.indexOf('#') + 1) : `HTTP ${status}`;
  if (code === none) return undefined;
  throw refusal(name, status, code, String(fieldOf(answer, 'message') ?? fieldOf(answer, 'Message') ?? ''));
}

export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
