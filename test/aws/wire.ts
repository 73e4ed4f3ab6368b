import { afterAll, beforeAll, beforeEach } from 'vitest';
import { WireServer } from './wire-server.ts';

/** A wire server for the tests of one file; what it was asked is forgotten before each test. */
export function useWire(): { readonly server: WireServer; readonly endpoint: string } {
  let server: WireServer;
  beforeAll(async () => {
    server = await WireServer.start();
  });
  beforeEach(() => {
    server.requests.length = 0;
    server.answer({});
  });
  afterAll(() => server.stop());
  return {
    get server() {
      return server;
    },
    get endpoint() {
      return server.endpoint;
    },
  };
}

/** A pause that does not wait, and remembers how long it was asked to. */
export function noPause(): ((millis: number) => Promise<void>) & { readonly waits: number[] } {
  const waits: number[] = [];
  const pause = async (millis: number) => {
    waits.push(millis);
  };
  return Object.assign(pause, { waits });
}
