/**
 * How long one call may take. A call that hangs must not eat the function's time; only the connection and the answer are
 * waited for, never the default of the SDK, which is for ever.
 */
const timeouts = (seconds: number) => ({
  connectionTimeout: 2_000,
  requestTimeout: seconds * 1000,
  throwOnRequestTimeout: true,
});

/**
 * For reads. `standard` retries throttling, 5xx and network errors with exponential back-off and full jitter, and stops
 * retrying when most calls fail (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
 */
export const reading = { retryMode: 'standard', maxAttempts: 4, requestHandler: timeouts(5) };

/**
 * For what may safely be repeated though it writes: conditional writes, whose retries carry one and the same token, and a
 * start whose name makes it idempotent.
 */
export const repeatable = { retryMode: 'standard', maxAttempts: 5, requestHandler: timeouts(4) };

/**
 * For changes of the world: never repeated. A lost answer may hide a change that was made; only looking settles that.
 * `sendOnce` repeats what AWS certainly did not do.
 */
export const changing = { maxAttempts: 1, requestHandler: timeouts(10) };
