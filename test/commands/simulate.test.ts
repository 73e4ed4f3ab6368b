import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../bin/paramedic.ts';

const folder = mkdtempSync(join(tmpdir(), 'paramedic-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Ran = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** The command line in this process: starting one takes a second. */
async function paramedic(...args: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  try {
    process.exitCode = 0;
    return { status: await main(args), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = 0;
  }
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const scenario = (expected: string): string => `
name: short
duration: 12m
services:
  checkout: { tasks: 4, traffic: 40/s }
faults:
  - { at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }
expect: ${expected}
`;
const met = file('met.yaml', scenario('{ diagnosis: sick-target, incidents: 1 }'));
const missed = file('missed.yaml', scenario('{ outcome: no-incident }'));

describe('paramedic simulate', () => {
  it('says that a scenario is met, and exits 0', async () => {
    const { status, stdout, stderr } = await paramedic('simulate', met);
    expect(stdout).toMatch(/^✓ short .*sick-target/);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('says what is missed, and exits 1', async () => {
    const { status, stdout } = await paramedic('simulate', missed);
    expect(stdout).toMatch(/^✗ short/);
    expect(stdout).toContain('Outcome: wanted no-incident, got recovered.');
    expect(status).toBe(1);
  });

  it('prints one array and nothing else with --json, the same to the byte each time', async () => {
    const [first, second] = [await paramedic('simulate', met, '--json'), await paramedic('simulate', met, '--json')];
    expect(first).toEqual(second);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const [run, ...others] = JSON.parse(first.stdout) as readonly Record<string, unknown>[];
    expect(others).toEqual([]);
    const promised =
      'scenario seed outcome detectedAt mitigatedAt recoveredAt incidents actions notifications requests';
    for (const key of `${promised} violations expectationsMet ledger`.split(' ')) expect(run).toHaveProperty(key);
    expect(run).toMatchObject({ scenario: 'short', seed: 1, outcome: 'recovered', expectationsMet: true });
  });

  it('plays many seeds, in order, as it plays each alone', async () => {
    const many = await paramedic('simulate', met, '--seeds', '3-10', '--json');
    const runs = JSON.parse(many.stdout) as readonly { readonly seed: number }[];
    expect(runs.map(({ seed }) => seed)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    const alone = JSON.parse((await paramedic('simulate', met, '--seed', '7', '--json')).stdout) as readonly unknown[];
    expect(runs[4]).toEqual(alone[0]);
    expect((await paramedic('simulate', met, '--seeds', '3-4')).stdout).toMatch(
      /^✓ short {2}met 2\/2; recovered; detected/,
    );
  });

  it('plays without Paramedic', async () => {
    expect(await paramedic('simulate', met, '--without', 'paramedic')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Incidents: wanted 1, got 0.') as unknown,
    });
  });

  it('shows one scenario as a timeline with --watch', async () => {
    const { status, stdout, stderr } = await paramedic('simulate', met, '--watch');
    expect(stdout).toContain('deregister-target');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.each([
    ['a name that is empty', [''], /^"": there is no such scenario file/],
    ['a file that is not there', ['nowhere.yaml'], /^nowhere\.yaml: there is no such scenario file\. In scenarios\/ /],
    ['an unknown part', [met, '--without', 'luck'], /^--without luck: allowed is paramedic, .*cooldown/],
    [
      'two parts left out',
      [met, '--without', 'cooldown', '--without', 'paramedic'],
      /^paramedic: --without paramedic: cooldown is left out already; allowed is one --without\.\n$/,
    ],
    ['a bad mode', [met, '--mode', 'bold'], /Allowed choices are observe, approve, automatic/],
    ['a bad seed', [met, '--seed', 'x'], /Allowed is a whole number/],
    ['seeds the wrong way round', [met, '--seeds', '5-1'], /Allowed is FROM-TO/],
    ['several scenarios to watch', [met, missed, '--watch'], /--watch shows one scenario/],
  ])('refuses %s in a sentence, and exits 2', async (_, args, says) => {
    const { status, stdout, stderr } = await paramedic('simulate', ...args);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('names every problem of every file, a line each, and plays nothing', async () => {
    const one = file('one.yaml', 'name: one\nduration: ten\nservices: { checkout: { task: 1 } }\n');
    const other = file('other.yaml', '');
    const { status, stdout, stderr } = await paramedic('simulate', one, other, met);
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`${one}:2: duration is "ten"; allowed is`);
    expect(lines[1]).toContain(`${one}:3: services.checkout.task is not known`);
    expect(lines[2]).toBe(`${other}:1: the file is empty.`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
