import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The recovery.yaml beside this file, as a test wants it. */
export class RecoveryFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'paramedic-recovery-'));
  readonly path = join(this.#folder, 'recovery.yaml');

  constructor(account: string) {
    const text = readFileSync(join(import.meta.dirname, 'recovery.yaml'), 'utf8');
    writeFileSync(this.path, text.replaceAll(/\b\d{12}\b/g, account));
  }

  /** Another text in the place of one that is there. */
  replace(old: string, text: string): void {
    const before = readFileSync(this.path, 'utf8');
    if (!before.includes(old)) throw new Error(`${old} is not in the file.`);
    writeFileSync(this.path, before.replace(old, text));
  }

  append(text: string): void {
    writeFileSync(this.path, readFileSync(this.path, 'utf8') + text);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
