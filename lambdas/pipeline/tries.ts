/** Does one thing after the other, each whether or not the ones before went well, and remembers what did not. */
export class Tries {
  readonly failed: string[] = [];

  async run<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      this.failed.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
