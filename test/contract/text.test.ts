import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counted, inWords, plainText, wrap } from '../../lambdas/contract/text.ts';
import { oddText } from './odd-text.ts';

describe('plainText', () => {
  it('writes what people typed in plain ASCII', () => {
    expect(plainText('p95 ≥ 400 ms – “slow”…', 80)).toBe('p95 >= 400 ms - "slow"...');
    expect(plainText('größer 日本', 80)).toBe('gr??er ??');
  });

  it('turns line breaks, tabs and escape sequences into spaces', () => {
    expect(plainText(' a\r\n\tb\u001b[31mc\u0085d ', 80)).toBe('a b [31mc d');
  });

  it('cuts what is too long and shows that it did', () => {
    expect(plainText('abcdefghij', 8)).toBe('abcde...');
  });

  it('is printable and never longer than asked, for any text', () => {
    fc.assert(
      fc.property(oddText(120), fc.integer({ min: 0, max: 120 }), (text, max) => {
        const plain = plainText(text, max);
        expect(plain).toMatch(/^[ -~]*$/);
        expect(plain.length).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks between words, indents every line, and leaves a long word whole', () => {
    expect(wrap('one two three a-very-long-word-indeed', 10, '  ')).toBe(
      '  one two\n  three\n  a-very-long-word-indeed',
    );
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 1, max: 40 }), (words, width) => {
        expect(wrap(words.join(' '), width).split(/\s+/).filter(Boolean)).toEqual(words);
      }),
    );
  });
});

describe('inWords', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [99_000, '99 s'],
    [{ minutes: 7 }, '7 min'],
    [{ minutes: 59.6 }, '1 h'],
    [{ minutes: 65 }, '1 h 5 min'],
    [{ hours: 24 }, '24 h'],
    [{ days: 3 }, '3 d'],
    [{ hours: 50 }, '2 d 2 h'],
  ])('says %j as %s', (length, words) => {
    expect(inWords(length)).toBe(words);
  });
});

describe('counted', () => {
  it('minds the plural', () => {
    expect([counted(1, 'task'), counted(0, 'task'), counted(2, 'entry', 'entries')]).toEqual([
      '1 task',
      '0 tasks',
      '2 entries',
    ]);
  });
});
