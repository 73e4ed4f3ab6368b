import { describe, expect, it } from 'vitest';
import { expectationSchema } from '../../lib/simulator/expectation-schema.ts';
import { faults } from '../../lib/simulator/faults/faults.ts';
import { readScenario } from '../../lib/simulator/scenario.ts';
import { accountSchema, scenarioSchema } from '../../lib/simulator/scenario-schema.ts';
import { blocks, read } from './markdown.ts';

const page = read('docs/reference/scenarios.md');
const section = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
/** Rows of the section's table as cells, each without its spaces. */
const rows = (heading: string): string[][] =>
  section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
const codes = (cell: string | undefined): string[] => [...(cell ?? '').matchAll(/`([\w-]+)`/g)].map((m) => m[1] ?? '');

describe('docs/reference/scenarios.md', () => {
  it('has a row for every kind of fault, with its fields', () => {
    const told = Object.fromEntries(rows('Faults').map((cells) => [codes(cells[1])[0], codes(cells[3])]));
    expect(told).toEqual(Object.fromEntries(faults.map(({ kind, schema }) => [kind, Object.keys(schema.shape)])));
  });

  it('has a row for every key of a service', () => {
    expect(rows('Services').flatMap((cells) => codes(cells[1]))).toEqual(
      Object.keys(scenarioSchema.shape.services.valueType.shape),
    );
  });

  it('has a row for every key of an account', () => {
    expect(rows('Account').flatMap((cells) => codes(cells[1]))).toEqual(Object.keys(accountSchema.shape));
  });

  it('shows an example that is accepted', () => {
    const example = blocks(page).find(({ language }) => language === 'yaml')?.text ?? '';
    expect(readScenario('example.yaml', example)).not.toHaveProperty('problems');
  });

  it('has a row for every expectation', () => {
    expect(rows('Expectations').flatMap((cells) => codes(cells[1]))).toEqual(Object.keys(expectationSchema.shape));
  });
});
