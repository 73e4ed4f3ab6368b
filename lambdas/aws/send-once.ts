import { NotDone } from '../contract/not-done.ts';
import { jittered, pause as realPause } from './pause.ts';

/**
 * Refusals that come before anything is done: the request was turned away at the door of a token bucket
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html).
 */
const turnedAway: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
]);

const attempts = 4;

/**
 * Sends a change and repeats it only when AWS certainly did nothing. Any other error surfaces at once: after a time-out or
 * a 5xx the change may have been made, and a second one would come on top. What AWS rejected, or turned away to the last,
 * is thrown as `NotDone`.
 */
export async function sendOnce<T>(send: () => Promise<T>, pause = realPause): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (wasRejected(error) || (wasTurnedAway(error) && attempt === attempts)) {
        throw new NotDone(`${error.name}: ${error.message}`, { cause: error });
      }
      if (!wasTurnedAway(error)) throw error;
      await pause(jittered(attempt, 500, 4_000));
    }
  }
}

/** The SDK's word for an answer of 4xx: the request itself was at fault. Time-outs and throttling are 4xx too, but pass. */
const wasRejected = (error: unknown): error is Error =>
  error instanceof Error &&
  '$fault' in error &&
  error.$fault === 'client' &&
  !turnedAway.has(error.name) &&
  !/Timeout|TimedOut/i.test(error.name);

const wasTurnedAway = (error: unknown): error is Error => error instanceof Error && turnedAway.has(error.name);
