// Runs one bundle in this process, as Lambda would: node run-function.mjs BUNDLE < event.json
// The last line on stdout is the answer: {"result": …} or {"error": …}.
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [, , bundle] = process.argv;
const event = JSON.parse(await text(process.stdin));
const context = { functionName: 'function', awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
const { handler } = await import(pathToFileURL(bundle).href);
try {
  console.log(JSON.stringify({ result: (await handler(event, context)) ?? null }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
process.exit(0);
