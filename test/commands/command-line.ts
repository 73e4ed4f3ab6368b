import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { main } from '../../bin/paramedic.ts';

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command line in this process: quick, but without a standard input. */
export async function paramedic(...args: readonly string[]): Promise<Ran> {
  const collected = { out: '', err: '' };
  const into = (name: 'out' | 'err') => (text: string | Uint8Array) => {
    collected[name] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ];
  try {
    return { code: await main(args), ...collected };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = 0;
  }
}

const door = fileURLToPath(new URL('../../bin/paramedic.mjs', import.meta.url));

/** Runs the command line as a process of its own, as a shell does. */
export function paramedicProcess(args: readonly string[], input = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [door, ...args], { input, encoding: 'utf8' });
  return { code: status ?? -1, out: stdout, err: stderr };
}
