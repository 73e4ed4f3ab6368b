import { describe, expect, it } from 'vitest';
import type { Conditions } from './conditions.ts';
import { need } from './need.ts';
import { allows, type Statement } from './policy.ts';

const bucket = 'arn:aws:s3:::reports';
const role = (...statements: readonly Statement[]) => ({ statements, boundary: null });
const allow = (over: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: `${bucket}/*`,
  ...over,
});
const read = need('s3:GetObject', `${bucket}/2026/january.csv`);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
describe('allows', () => {
  it('denies what no statement allows', () => {
    expect(allows(role(), read)).toBe(false);
    expect(allows(role(allow()), read)).toBe(true);
  });

  it('denies what one statement denies, however many allow it', () => {
    expect(allows(role(allow(), allow({ Effect: 'Deny', Resource: `${bucket}/2026/*` })), read)).toBe(false);
    expect(allows(role(allow(), allow({ Effect: 'Deny', Resource: `${bucket}/2025/*` })), read)).toBe(true);
  });

  it('needs the boundary to allow it too, which allows nothing by itself', () => {
    const statements = [allow()];
    expect(allows({ statements, boundary: [allow({ Action: 's3:*', Resource: '*' })] }, read)).toBe(true);
    expect(allows({ statements, boundary: [] }, read)).toBe(false);
    expect(allows({ statements: [], boundary: statements }, read)).toBe(false);
  });

  it.each([
    ['s3:GetObject', true],
    ['S3:getobject', true],
    ['s3:Get*', true],
    ['s3:GetObjec?', true],
    ['*', true],
    ['s3:GetObjectAcl', false],
    ['s3:Get', false],
    ['ec2:*', false],
  ])('takes the action %s: %s', (Action, expected) => {
    expect(allows(role(allow({ Action })), read)).toBe(expected);
  });

  it.each([
    ['*', true],
    [`${bucket}/*`, true],
    [`${bucket}/2026/january.csv`, true],
    [`${bucket}/????/january.csv`, true],
    [bucket, false],
    [`${bucket}/2026/January.csv`, false],
    ['arn:aws:s3:::report./*', false],
  ])('takes the resource %s: %s', (Resource, expected) => {
    expect(allows(role(allow({ Resource })), read)).toBe(expected);
  });

  it('lets an action that knows no resource match nothing but a lone wildcard', () => {
    const list = need('s3:ListAllMyBuckets');
    expect(allows(role(allow({ Action: list.action, Resource: 'arn:aws:s3:::*' })), list)).toBe(false);
    expect(allows(role(allow({ Action: list.action, Resource: '*' })), list)).toBe(true);
  });

  it.each(['NotAction', 'NotResource', 'Principal'])('refuses a statement with %s', (element) => {
    expect(() => allows(role({ ...allow(), [element]: 'x' }), read)).toThrow(`The element ${element}`);
  });

  it('refuses a policy variable', () => {
    expect(() => allows(role(allow({ Resource: `${bucket}/\${aws:username}` })), read)).toThrow('Policy variables');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe('conditions', () => {
  const under = (Condition: Conditions, context: Record<string, readonly string[]>) =>
    allows(role(allow({ Condition })), { ...read, context });
  const tag = 'aws:ResourceTag/team';

  it.each<readonly [string, Conditions, Record<string, readonly string[]>, boolean]>([
    ['StringEquals, equal', { StringEquals: { [tag]: 'red' } }, { [tag]: ['red'] }, true],
    ['StringEquals, in another case', { StringEquals: { [tag]: 'red' } }, { [tag]: ['Red'] }, false],
    ['StringEquals, one of several values', { StringEquals: { [tag]: ['red', 'blue'] } }, { [tag]: ['blue'] }, true],
    ['StringEquals takes no wildcard', { StringEquals: { [tag]: 'r*' } }, { [tag]: ['red'] }, false],
    ['StringEquals, key absent', { StringEquals: { [tag]: 'red' } }, {}, false],
    ['a key in another case', { StringEquals: { 'AWS:resourcetag/team': 'red' } }, { [tag]: ['red'] }, true],
    ['StringLike', { StringLike: { [tag]: 'r?d*' } }, { [tag]: ['red-2'] }, true],
    [
      'StringNotEquals, equal to one of several',
      { StringNotEquals: { [tag]: ['red', 'blue'] } },
      { [tag]: ['red'] },
      false,
    ],
    ['StringNotEquals, equal to none', { StringNotEquals: { [tag]: ['red', 'blue'] } }, { [tag]: ['green'] }, true],
    ['StringNotEquals, key absent', { StringNotEquals: { [tag]: 'red' } }, {}, true],
    ['StringNotLike', { StringNotLike: { [tag]: 'r*' } }, { [tag]: ['red'] }, false],
    ['StringEqualsIfExists, absent', { StringEqualsIfExists: { [tag]: 'red' } }, {}, true],
    ['StringEqualsIfExists, another', { StringEqualsIfExists: { [tag]: 'red' } }, { [tag]: ['blue'] }, false],
    ['StringNotEqualsIfExists, equal', { StringNotEqualsIfExists: { [tag]: 'red' } }, { [tag]: ['red'] }, false],
    ['Bool', { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': ['true'] }, true],
    ['Bool, false', { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': ['false'] }, false],
    ['Bool, absent', { Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    ['Null true, absent', { Null: { [tag]: 'true' } }, {}, true],
    ['Null true, there', { Null: { [tag]: 'true' } }, { [tag]: ['red'] }, false],
    ['Null false, there', { Null: { [tag]: 'false' } }, { [tag]: ['red'] }, true],
    ['two operators, one false', { StringLike: { [tag]: 'r*' }, Null: { x: 'false' } }, { [tag]: ['red'] }, false],
    ['two keys, one false', { StringEquals: { [tag]: 'red', x: 'y' } }, { [tag]: ['red'], x: ['z'] }, false],
  ])('%s', (_, condition, context, expected) => {
    expect(under(condition, context)).toBe(expected);
  });

  const cluster = 'arn:aws:ecs:eu-central-1:111122223333:cluster/production';
  it.each([
    [cluster, true],
    ['arn:aws:ecs:*:111122223333:cluster/*', true],
    // A wildcard does not reach into the next part of the ARN.
    ['arn:aws:ecs:*:cluster/production', false],
    ['arn:aws:ecs:eu-central-1:111122223333:cluster/staging', false],
  ])('ArnEquals and ArnLike are the same: %s is %s', (pattern, expected) => {
    for (const operator of ['ArnEquals', 'ArnLike'])
      expect(under({ [operator]: { 'ecs:cluster': pattern } }, { 'ecs:cluster': [cluster] })).toBe(expected);
    expect(under({ ArnNotLike: { 'ecs:cluster': pattern } }, { 'ecs:cluster': [cluster] })).toBe(!expected);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  const keys = 'dynamodb:LeadingKeys';
  it.each<readonly [string, readonly string[] | undefined, boolean]>([
    ['ForAllValues', ['a'], true],
    ['ForAllValues', ['a', 'b'], true],
    ['ForAllValues', ['a', 'c'], false],
    ['ForAllValues', [], true],
    ['ForAllValues', undefined, true],
    ['ForAnyValue', ['a', 'c'], true],
    ['ForAnyValue', ['c'], false],
    ['ForAnyValue', undefined, false],
  ])('%s:StringEquals of %s: %s', (set, given, expected) => {
    const context: Record<string, readonly string[]> = given === undefined ? {} : { [keys]: given };
    expect(under({ [`${set}:StringEquals`]: { [keys]: ['a', 'b'] } }, context)).toBe(expected);
  });

  it('refuses several values where only one can be meant', () => {
    expect(() => under({ StringEquals: { [keys]: 'a' } }, { [keys]: ['a', 'b'] })).toThrow('needs ForAllValues');
  });

  it('refuses an operator it does not know', () => {
    expect(() => under({ NumericLessThan: { x: '1' } }, { x: ['0'] })).toThrow('NumericLessThan is not evaluated here');
  });
});
