// Runs the bundle of one function once, as Lambda does, in this process.
// Gets { bundle, event } from its parent and answers { result } or { error }.
import { pathToFileURL } from 'node:url';

const context = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  awsRequestId: 'request',
  getRemainingTimeInMillis: () => 30_000,
};

process.once('message', async ({ bundle, event }) => {
  try {
    const { handler } = await import(pathToFileURL(bundle).href);
    answer({ result: (await handler(event, context)) ?? null });
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
});

const answer = (what) => process.send(what, () => process.exit(0));

// Nobody is left to answer to.
process.on('disconnect', () => process.exit(1));
