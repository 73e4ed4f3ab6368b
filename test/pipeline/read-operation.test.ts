import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOperation } from '../../lambdas/pipeline/read-operation.ts';

const incident = '20260105-141500-k3f9x2ab';
const pause = { kind: 'pause', service: 'checkout', until: 1_767_225_600_000, why: 'migration' };
const valid = [
  pause,
  { ...pause, service: null, until: null },
  { kind: 'resume', service: 'checkout', why: 'over' },
  { kind: 'resume', service: null, why: 'w' },
  { kind: 'approve', incident, why: 'Größe passt 👍' },
  { kind: 'reject', incident, why: 'x'.repeat(200) },
  { kind: 'undo', incident, why: 'it was the wrong task' },
];
const flawOf = (input: unknown): string | undefined => {
  const read = readOperation(input);
  return 'flaw' in read ? read.flaw : undefined;
};

describe('an operation', () => {
  it.each(valid)('is read as it came: %j', (input) => {
    expect(readOperation(structuredClone(input))).toEqual({ operation: input });
  });

  it.each([
    [undefined, 'An operation is an object; got missing.'],
    [null, 'An operation is an object; got null.'],
    ['pause', 'An operation is an object; got "pause".'],
    [[pause], /^An operation is an object; got \[/],
    [{}, 'kind is missing; allowed are pause, resume, approve, reject, undo.'],
    [{ kind: 'toString' }, /^kind is "toString"; allowed are/],
    [{ ...pause, kind: 'pause\n' }, /^kind is "pause "; allowed are/],
    [{ ...pause, by: 'ann' }, 'by is not known; allowed are kind, service, until, why.'],
    [{ kind: 'approve', incident, why: 'x', service: 'checkout' }, /^service is not known/],
    [{ kind: 'resume', service: null, until: null, why: 'x' }, /^until is not known/],
    [
      { kind: 'pause', service: null, why: 'x' },
      'until is missing; allowed is null for no end, or milliseconds since 1970.',
    ],
    [{ kind: 'resume', why: 'x' }, /^service is missing/],
    [{ ...pause, service: 'Checkout' }, /^service is "Checkout"; allowed is null for everything/],
    [{ ...pause, service: '' }, /^service is ""/],
    [{ ...pause, service: 'a#LOG' }, /^service is "a#LOG"/],
    [{ ...pause, service: 'a'.repeat(41) }, /^service is "a/],
    [{ ...pause, service: ['checkout'] }, /^service is \["checkout"\]/],
    [{ ...pause, until: '2h' }, /^until is "2h"/],
    [{ ...pause, until: 1.5 }, /^until is 1\.5/],
    [{ ...pause, until: -1 }, /^until is -1/],
    [{ ...pause, until: 2 ** 60 }, /^until is/],
    [{ ...pause, why: '' }, 'why is ""; allowed is one line of 1 to 200 characters.'],
    [{ ...pause, why: '  ' }, /^why is/],
    [{ ...pause, why: 'x'.repeat(201) }, /^why is "x+\.\.\.; allowed/],
    [{ ...pause, why: 'one\ntwo' }, /^why is "one two"/],
    [{ ...pause, why: 'one\u2028two' }, /^why is/],
    [{ ...pause, why: 'one\u0000two' }, /^why is/],
    [{ ...pause, why: '\u001b[2Jgone' }, /^why is/],
    [{ ...pause, why: 'fine \u202Eenif' }, /^why is/],
    [{ ...pause, why: 'half \ud83d' }, /^why is/],
    [{ ...pause, why: 7 }, /^why is 7/],
    [{ kind: 'undo', incident: 'x', why: 'x' }, /^incident is "x"; allowed is the id of an incident/],
    [{ kind: 'undo', incident: `${incident}\n`, why: 'x' }, /^incident is/],
    [{ kind: 'undo', incident: null, why: 'x' }, /^incident is null/],
  ])('is refused in one sentence: %j', (input, flaw) => {
    expect(flawOf(input)).toMatch(flaw);
    expect(flawOf(input)).toMatch(/^[\x20-\x7e]+\.$/);
  });

  it('never throws, says one line, and lets nothing through that has a field too many, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(flawOf(input)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.string(), fc.jsonValue(), (input, name, value) => {
        fc.pre(!(name in input));
        const more = Object.fromEntries([...Object.entries(input), [name, value]]);
        expect(flawOf(more)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});
