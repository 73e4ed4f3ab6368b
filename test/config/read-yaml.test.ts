import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readYaml, renderProblem } from '../../lib/config/read-yaml.ts';

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slow'), factor: z.number().min(1) }),
  z.strictObject({ kind: z.literal('down') }),
]);
const schema = z.strictObject({
  name: z.string().min(1),
  mode: z.enum(['observe', 'automatic']).optional(),
  size: z.int().min(1).max(9).optional(),
  alarm: z.union([z.strictObject({ threshold: z.number() }), z.literal('none')]).optional(),
  names: z.array(z.string()).max(2).optional(),
  faults: z.array(fault).optional(),
  services: z.record(z.string().regex(/^[a-z]+$/, 'small letters'), z.strictObject({ tasks: z.int() })).optional(),
});

const complaints = (text: string): readonly string[] => {
  const read = readYaml('file.yaml', text, schema);
  return 'problems' in read ? read.problems.map(renderProblem) : [];
};

describe('a YAML file that fits its schema', () => {
  it('comes back as its value', () => {
    expect(readYaml('file.yaml', 'name: a\nalarm: none\n', schema)).toEqual({ value: { name: 'a', alarm: 'none' } });
  });
  it('may use anchors', () => {
    expect(readYaml('f', 'name: &n a\nnames: [*n]', schema)).toEqual({ value: { name: 'a', names: ['a'] } });
  });
});

describe('a YAML file that does not', () => {
  it.each([
    ['an empty file', '', ['file.yaml:1: the file is empty.']],
    ['only a comment', '# nothing\n', ['file.yaml:1: the file is empty.']],
    ['no mapping', '- 1', ['file.yaml:1: the file is a list; allowed is a mapping.']],
    ['a missing key', 'mode: observe', ['file.yaml:1: name is missing; give a text.']],
    [
      'an unknown key',
      'name: a\ncolour: red',
      ['file.yaml:2: colour is not known; allowed here: name, mode, size, alarm, names, faults, services.'],
    ],
    ['a value out of a list', 'name: a\n\nmode: bold', ['file.yaml:3: mode is "bold"; allowed is observe, automatic.']],
    ['a number too large', 'name: a\nsize: 12', ['file.yaml:2: size is 12; allowed is at most 9.']],
    ['a text for a number', 'name: a\nsize: many', ['file.yaml:2: size is "many"; allowed is a number.']],
    ['a list too long', 'name: a\nnames: [a, b, c]', ['file.yaml:2: names is a list; allowed is a list of at most 2.']],
    ['an item of a list', 'name: a\nnames:\n  - a\n  - 7', ['file.yaml:4: names[1] is 7; allowed is a text.']],
    ['none of the shapes', 'name: a\nalarm: 7', ['file.yaml:2: alarm is 7; allowed is a mapping or none.']],
    [
      'the inside of a shape',
      'name: a\nalarm:\n  threshold: high',
      ['file.yaml:3: alarm.threshold is "high"; allowed is a number.'],
    ],
    [
      'a name that is not allowed',
      'name: a\nservices:\n  Shop: { tasks: 1 }',
      ['file.yaml:3: services.Shop: the name "Shop" is not allowed; small letters.'],
    ],
    [
      'an unknown key among alternatives',
      'name: a\nfaults:\n  - kind: slow\n    factor: 2\n    speed: 1',
      ['file.yaml:5: faults[0].speed is not known; allowed here: kind, factor.'],
    ],
    ['a key twice', 'name: a\nname: b', ['file.yaml:2: this key stands here twice; each key may be given once.']],
    [
      'a second document',
      'name: a\n---\nname: b',
      ['file.yaml:2: a second document begins here (---); the file may hold one.'],
    ],
    ['a reserved name', 'name: a\n__proto__: 1', ['file.yaml:2: the name __proto__ is not allowed.']],
  ])('complains of %s with its line, the value got and what is allowed', (_, text, expected) => {
    expect(complaints(text)).toEqual(expected);
  });

  it('lists everything that is wrong, by line', () => {
    expect(complaints('size: 0\nmode: x\n').map((line) => line.split(':')[1])).toEqual(['1', '1', '2']);
  });

  it('complains once of broken syntax', () => {
    expect(complaints('name: [a\nmode: observe\nsize: }')).toHaveLength(1);
  });

  it('refuses aliases that multiply without bound', () => {
    const bomb = [
      'name: &a0 [x]',
      ...Array.from({ length: 9 }, (_, i) => `k${i}: &a${i + 1} [${`*a${i},`.repeat(9)}]`),
    ];
    expect(complaints(bomb.join('\n'))[0]).toMatch(/^file\.yaml:1: /);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab:-{}[]&*!|>\'"\n #%?,~0'), maxLength: 40 }), (text) => {
        const read = readYaml('f', text, schema);
        expect('problems' in read ? read.problems.length : 1).toBeGreaterThan(0);
      }),
    );
  });
});
