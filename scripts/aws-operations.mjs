// Which operations of AWS Paramedic uses, and who answered for each in a run of `npm run test:aws`:
// the table it prints, and the page docs/reference/aws-operations.md, which must say the same.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const adapters = 'lambdas/aws';

const none = { moto: 0, amended: 0, gap: 0, fault: 0 };

/** Used by the durable SDK, and answered by its own local runner. */
const ofTheRunner = { CheckpointDurableExecution: 'workflow.ts', GetDurableExecutionState: 'workflow.ts' };

/** Operation → the adapters that use it, read from the commands and paginators they import. */
export function operationsUsed() {
  const used = new Map(Object.entries(ofTheRunner).map(([name, file]) => [name, new Set([file])]));
  for (const file of readdirSync(adapters)) {
    const text = readFileSync(join(adapters, file), 'utf8');
    for (const [, command, paginated] of text.matchAll(/\b(?:([A-Z]\w+)Command|paginate([A-Z]\w+))\b/g)) {
      const name = command ?? paginated;
      used.set(name, (used.get(name) ?? new Set()).add(file));
    }
  }
  return used;
}

/** Adds up what the test files noted: one object per file. */
export function tallied(lines) {
  const operations = new Map();
  const reasons = {};
  for (const line of lines) {
    Object.assign(reasons, line.reasons);
    for (const { operation, answeredBy, count } of line.requests) {
      const counts = operations.get(operation) ?? { ...none };
      counts[answeredBy] += count;
      operations.set(operation, counts);
    }
  }
  const total = (files) => files.reduce((sum, { assertions }) => sum + assertions, 0);
  return {
    operations,
    reasons,
    files: lines.length,
    assertions: total(lines),
    contractAssertions: total(lines.filter(({ file }) => file.includes('/moto/contract/'))),
  };
}

/** A row for every operation Paramedic uses: by whom it was answered, and how often. */
export function rowsOf({ operations, reasons }) {
  return [...operationsUsed()].sort(byName).map(([name, files]) => {
    const [key] = [...operations.keys()].filter((operation) => operation.endsWith(`.${name}`));
    const counts = operations.get(key) ?? { ...none };
    return { name, key: key ?? name, files: [...files].sort(), ...counts, because: reasons[key] ?? '' };
  });
}

const byName = ([a], [b]) => (a < b ? -1 : 1);

export const unanswered = (rows) =>
  rows.filter(({ name, moto, amended, gap }) => moto + amended + gap === 0 && !(name in ofTheRunner));

function judgeOf({ name, moto, amended, gap, because }) {
  if (name in ofTheRunner) return "the durable SDK's local runner";
  if (amended + gap === 0) return 'moto';
  const harness = `the harness: ${because}`;
  return moto + amended === 0 ? harness : `moto, and ${harness}`;
}

export const page = (rows, version) => `# Operations checked, and against whom

Every operation of AWS that Paramedic uses, and who answers for it in \`npm run test:aws\`: moto ${version}, an AWS API server
nobody here wrote, or the harness in front of it ([\`test/moto/gaps\`](../../test/moto/gaps)), which answers or adds what
moto lacks in the wire shapes that AWS documents. Made by \`npm run test:aws -- --write\`; a run fails when this page says otherwise.

| operation | used in \`lambdas/aws\` | checked against |
|---|---|---|
${rows.map((row) => `| ${row.name} | ${row.files.join(', ')} | ${judgeOf(row)} |`).join('\n')}
`;

export const table = (rows) =>
  [
    `${'operation'.padEnd(42)}${'moto'.padStart(7)}${'amended'.padStart(9)}${'harness'.padStart(9)}${'faults'.padStart(8)}`,
    ...rows.map(
      ({ key, moto, amended, gap, fault }) =>
        `${key.padEnd(42)}${String(moto).padStart(7)}${String(amended).padStart(9)}${String(gap).padStart(9)}${String(fault).padStart(8)}`,
    ),
  ].join('\n');
