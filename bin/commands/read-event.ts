import { readFileSync } from 'node:fs';
import { UserError } from './command.ts';

/** EventBridge takes entries of 1 MB at most (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html). */
const longest = 1_048_576;

/** Reads one event from a file, or from standard input for `-`. Throws a UserError with one sentence. */
export function readEvent(file: string): unknown {
  const name = file === '-' ? 'standard input' : file;
  const text = contentOf(file, name).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new UserError(`${name} is empty; it should hold one EventBridge event as JSON.`);
  if (text.length > longest) throw new UserError(`${name} is larger than an event can be (1 MB).`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UserError(`${name}:${whatIsWrong(text, error)}`);
  }
}

function contentOf(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UserError(`${name} ${whyUnreadable(error)}`);
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return 'does not exist; give the path of a file with one EventBridge event, or - for standard input.';
  if (code === 'EISDIR') return 'is a folder; give a file with one EventBridge event.';
  if (code === 'EACCES') return 'may not be read by you.';
  return `can't be read: ${error instanceof Error ? error.message : String(error)}.`;
}

/** Line and reason: `7: the JSON ends too early.` */
function whatIsWrong(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/end of (JSON )?input|Unterminated string/i.test(message))
    return `${lineOf(text, text.length)}: the JSON ends too early.`;
  const position = /at position (\d+)/.exec(message)?.[1];
  const at = position === undefined ? 1 : lineOf(text, Number(position));
  return `${at}: this is not valid JSON; it should be one EventBridge event.`;
}

const lineOf = (text: string, position: number): number => text.slice(0, position).trimEnd().split('\n').length;
