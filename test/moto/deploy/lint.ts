import { spawnSync } from 'node:child_process';

export type Finding = { readonly file: string; readonly rule: string; readonly message: string };

/** What cfn-lint finds in templates. W3005 is left out: CDK writes DependsOn where a reference says it already. */
export function lint(files: readonly string[]): {
  readonly exitCode: number | null;
  readonly findings: readonly Finding[];
} {
  const { status, stdout } = spawnSync('cfn-lint', ['-i', 'W3005', '--format', 'json', '--', ...files], {
    encoding: 'utf8',
  });
  type Match = { readonly Filename: string; readonly Message: string; readonly Rule: { readonly Id: string } };
  const matches = JSON.parse(stdout === '' ? '[]' : stdout) as readonly Match[];
  const findings = matches.map(({ Filename, Message, Rule }) => ({ file: Filename, rule: Rule.Id, message: Message }));
  return { exitCode: status, findings };
}
