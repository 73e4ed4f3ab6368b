import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeNames } from '../../lambdas/contract/operation-api.ts';
import type { OperationKind } from '../../lambdas/model/operation.ts';
import { readOperation } from '../../lambdas/pipeline/read-operation.ts';

const id = '3f2b8c1e-5d6a-4c7b-9e8f-0a1b2c3d4e5f';
const incident = '20260105-141500-k3f9x2ab';
const pause = { id, service: 'checkout', for: '2h', why: 'migration' };
const answer = { id, incident, request: '3', why: 'x' };
type Valid = readonly [OperationKind, Readonly<Record<string, string>>, object];
const valid: readonly Valid[] = [
  ['pause', pause, { service: 'checkout', for: { hours: 2 }, why: 'migration' }],
  ['pause', { id, why: 'migration' }, { service: null, for: null, why: 'migration' }],
  ['resume', { id, service: 'checkout', why: 'over' }, { service: 'checkout', why: 'over' }],
  ['resume', { id, why: 'w' }, { service: null, why: 'w' }],
  ['approve', { ...answer, why: 'Größe passt 👍' }, { incident, request: '3', why: 'Größe passt 👍' }],
  ['reject', { ...answer, request: '240', why: 'x'.repeat(200) }, { incident, request: '240', why: 'x'.repeat(200) }],
  ['undo', { id, incident, why: 'it was the wrong task' }, { incident, why: 'it was the wrong task' }],
];
const flawOf = (kind: OperationKind, body: unknown): string | undefined => {
  const read = readOperation(kind, body);
  return 'flaw' in read ? read.flaw : undefined;
};

describe('an operation', () => {
  it.each(valid)('%s is read as it came: %j', (kind, body, operation) => {
    expect(readOperation(kind, structuredClone(body))).toEqual({ id, operation: { kind, ...operation } });
  });

  it('is the same whatever the case of its id, and the order of its fields', () => {
    const turned = Object.fromEntries(Object.entries({ ...pause, id: id.toUpperCase() }).reverse());
    expect(JSON.stringify(readOperation('pause', turned))).toBe(JSON.stringify(readOperation('pause', pause)));
  });

  it.each([
    ['1s', { seconds: 1 }],
    ['90m', { minutes: 90 }],
    ['720h', { hours: 720 }],
    ['30d', { days: 30 }],
    ['2592000s', { seconds: 2_592_000 }],
  ])('pauses for %s', (length, duration) => {
    expect(readOperation('pause', { ...pause, for: length })).toMatchObject({ operation: { for: duration } });
  });

  it.each<readonly [OperationKind, unknown, string | RegExp]>([
    ['pause', undefined, 'The body of pause is an object with id, why, service, for; got missing.'],
    ['undo', null, 'The body of undo is an object with id, incident, why; got null.'],
    ['pause', 'pause', 'The body of pause is an object with id, why, service, for; got "pause".'],
    ['pause', [pause], /^The body of pause is an object .*; got \[/],
    ['pause', {}, /^id is missing; allowed is a UUID/],
    ['pause', { ...pause, by: 'ann' }, 'by is not known to pause; allowed are id, why, service, for.'],
    ['pause', { ...pause, '': 'x' }, /^A field without a name is not known/],
    ['pause', { ...pause, kind: 'resume' }, /^kind is not known to pause/],
    ['pause', { ...pause, until: '1767225600000' }, /^until is not known to pause/],
    ['pause', { ...pause, incident }, /^incident is not known to pause/],
    ['resume', pause, 'for is not known to resume; allowed are id, why, service.'],
    ['approve', { ...answer, service: 'checkout' }, /^service is not known to approve/],
    ['undo', answer, /^request is not known to undo/],
    [
      'approve',
      { id, incident, why: 'x' },
      'request is missing; allowed is the number of the proposal, as its message names it, such as "3".',
    ],
    ['approve', { ...answer, request: 3 }, /^request is 3;/],
    ['approve', { ...answer, request: '' }, /^request is "";/],
    ['approve', { ...answer, request: 'latest' }, /^request is "latest"/],
    ['approve', { ...answer, request: '1234567' }, /^request is "1234567"/],
    ['pause', { ...pause, id: 'x' }, 'id is "x"; allowed is a UUID, a new one for each request.'],
    ['pause', { ...pause, id: `${id}\n` }, /^id is/],
    ['pause', { ...pause, id: `${id}#ANSWER` }, /^id is/],
    [
      'pause',
      { ...pause, service: null },
      'service is null; allowed is the id of a service, such as "checkout" (leave it out for everything).',
    ],
    ['pause', { ...pause, service: 'Checkout' }, /^service is "Checkout"/],
    ['pause', { ...pause, service: '' }, /^service is ""/],
    ['pause', { ...pause, service: '_api' }, /^service is "_api"/],
    ['pause', { ...pause, service: 'a#LOG' }, /^service is "a#LOG"/],
    ['pause', { ...pause, service: 'a'.repeat(41) }, /^service is "a/],
    ['pause', { ...pause, service: ['checkout'] }, /^service is \["checkout"\]/],
    [
      'pause',
      { ...pause, for: null },
      /^for is null; allowed is a whole number of s, m, h or d, up to 30d, such as 30m or 2h \(leave/,
    ],
    ['pause', { ...pause, for: 7200 }, /^for is 7200/],
    ['pause', { ...pause, for: '0s' }, /^for is "0s"/],
    ['pause', { ...pause, for: '1.5h' }, /^for is "1\.5h"/],
    ['pause', { ...pause, for: '-2h' }, /^for is "-2h"/],
    ['pause', { ...pause, for: '2' }, /^for is "2"/],
    ['pause', { ...pause, for: '31d' }, /^for is "31d"/],
    ['pause', { ...pause, for: '2592001s' }, /^for is "2592001s"/],
    ['pause', { ...pause, for: '2w' }, /^for is "2w"/],
    ['pause', { ...pause, for: '2constructor' }, /^for is/],
    ['pause', { ...pause, why: '' }, 'why is ""; allowed is one line of 1 to 200 characters.'],
    ['pause', { ...pause, why: '  ' }, /^why is/],
    ['pause', { ...pause, why: 'x'.repeat(201) }, /^why is "x+\.\.\.; allowed/],
    ['pause', { ...pause, why: 'one\ntwo' }, /^why is "one two"/],
    ['pause', { ...pause, why: 'one\u2028two' }, /^why is/],
    ['pause', { ...pause, why: 'one\u0000two' }, /^why is/],
    ['pause', { ...pause, why: '\u001b[2Jgone' }, /^why is/],
    ['pause', { ...pause, why: 'fine \u202Eenif' }, /^why is/],
    ['pause', { ...pause, why: 'half \ud83d' }, /^why is/],
    ['pause', { ...pause, why: 7 }, /^why is 7/],
    ['undo', { id, incident: 'x', why: 'x' }, /^incident is "x"; allowed is the id of an incident/],
    ['undo', { id, incident: `${incident}\n`, why: 'x' }, /^incident is/],
    ['undo', { id, incident: null, why: 'x' }, /^incident is null/],
  ])('%s is refused in one sentence: %j', (kind, body, flaw) => {
    expect(flawOf(kind, body)).toMatch(flaw);
    expect(flawOf(kind, body)).toMatch(/^[\x20-\x7e]+\.$/);
  });

  it('never throws, says one line, and lets nothing through that has a field too many, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...routeNames), fc.anything(), (kind, body) => {
        expect(flawOf(kind, body)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.string(), fc.jsonValue(), ([kind, body], name, value) => {
        fc.pre(!(name in body) && !['service', 'for'].includes(name));
        const more = Object.fromEntries([...Object.entries(body), [name, value]]);
        expect(flawOf(kind, more)).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});
