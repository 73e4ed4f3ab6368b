import { describe, expect, it } from 'vitest';
import type { RecoveryInput } from '../../lib/config/schema.ts';
import { ofType, recoveryWith, serviceInput, templates } from '../stacks/synthesized.ts';
import { anchors, headings, read } from './markdown.ts';

const published = 'https://docs.example.com/runbook';
const services: RecoveryInput['services'] = { checkout: serviceInput('checkout', { containerInsights: true }) };
const deployed = [...templates(recoveryWith(services, { runbook: published })).values()]
  .flatMap((template) => ofType(template, 'AWS::CloudWatch::Alarm'))
  .map(({ Properties }) => ({ name: String(Properties.AlarmName), says: String(Properties.AlarmDescription) }));

describe('every alarm that is deployed', () => {
  it.each(deployed)('$name links to a section of the runbook', ({ says }) => {
    const anchor = says.match(new RegExp(`${published}#([\\w-]+)`))?.[1];
    expect(anchors(read('docs/runbook.md'))).toContain(anchor);
  });
});

describe('every alarm on Paramedic itself', () => {
  const own = deployed.flatMap(({ name }) => name.match(/^paramedic-self\/prod\/(.+)$/)?.[1] ?? []);
  const sections = headings(read('docs/runbook.md'), 3);

  it.each(own)('%s has a section in the runbook', (name) => {
    const family = name.replace(/^nobody-told-.+/, 'nobody-told-TOPIC').replace(/^.+-errors$/, 'FUNCTION-errors');
    expect(sections).toContain(family);
  });
});
