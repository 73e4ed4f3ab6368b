import { describe, expect, it } from 'vitest';
import { alarmKinds } from '../../lambdas/contract/names.ts';
import { curlLines } from '../../lambdas/contract/operation-api.ts';
import { reasons } from '../../lambdas/contract/reasons.ts';
import { headings, read } from './markdown.ts';

const runbook = read('docs/runbook.md');
const sections = (level: number, prefix: RegExp): string[] =>
  headings(runbook, level)
    .filter((heading) => prefix.test(heading))
    .map((heading) => heading.replace(prefix, ''));

/** What stands below a heading, up to the next one. */
function section(heading: string): string {
  const [, after = ''] = runbook.split(new RegExp(`^#+ ${heading.replaceAll('.', '\\.')}$`, 'm'));
  return after.split(/^#/m)[0]?.trim() ?? '';
}

describe('docs/runbook.md', () => {
  it('has a section for every alarm, and for no other', () => {
    expect(sections(2, /^Alarm: /)).toEqual([...alarmKinds]);
  });

  it('has the form of curl that messages have', () => {
    const fields = { service: 'SERVICE_ID', for: '2h', why: 'load test' };
    expect(runbook).toContain(`\n${curlLines('ADDRESS', 'REGION', 'pause', fields).join('\n')}\n`);
  });

  it('has a section for every reason, and for no other', () => {
    const coded = headings(runbook, 3).filter((heading) => /^[a-z]+\.[a-z-]+$/.test(heading));
    expect(coded.toSorted()).toEqual(Object.keys(reasons).toSorted());
  });

  it.each(Object.entries(reasons))('says under %s what messages and ledger say', (code, sentence) => {
    expect(section(code)).toContain(sentence);
  });

  it.each(Object.keys(reasons))('says under %s what to do', (code) => {
    expect(section(code)).toMatch(/\*\*Do:\*\*/);
  });

  it.each([...alarmKinds])('says under the alarm %s what it means, what Paramedic does and what to look at', (kind) => {
    for (const part of ['**Means:**', '**Paramedic:**', '**Look at:**', '**Do:**'])
      expect(section(`Alarm: ${kind}`)).toContain(part);
  });
});
