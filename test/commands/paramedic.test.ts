import { describe, expect, it } from 'vitest';
import { paramedic } from './command-line.ts';

describe('the command line', () => {
  it('lists its commands and examples', async () => {
    const { code, out } = await paramedic('--help');
    expect(code).toBe(0);
    for (const word of ['simulate', 'explain', 'bench', 'Examples:']) expect(out).toContain(word);
  });

  it.each([['simulate'], ['explain'], ['bench']])('%s has help of its own', async (command) => {
    const { code, out, err } = await paramedic(command, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: paramedic ${command}`);
  });

  it('prints its version', async () => {
    expect(await paramedic('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
  });

  it.each([
    [['resuscitate'], "unknown command 'resuscitate'"],
    [['explain'], "missing required argument 'event'"],
    [['explain', 'a.json', '--att', 'x'], "unknown option '--att'"],
    [['explain', 'a.json', 'b.json'], 'too many arguments'],
    [['explain', 'a.json', '--seed', '-1'], 'Allowed is a whole number from 0 to 999999.'],
  ])('ends with 2 and says what to do next when it is used wrongly: %j', async (args, sentence) => {
    const { code, out, err } = await paramedic(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^paramedic: /);
    expect(err).toContain(sentence);
    expect(err).toMatch(/"paramedic.* --help" says what it takes\.\n$/);
  });
});
