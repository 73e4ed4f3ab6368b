/**
 * Takes the place of `@smithy/core/event-streams` in bundles (see lib/constructs/esbuild-options.ts). The SDK's protocols load it
 * for operations that stream; no function calls one.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('Operations that stream events are left out of the bundles.');
  }
}

export const eventStreamSerdeProvider = () => undefined;
