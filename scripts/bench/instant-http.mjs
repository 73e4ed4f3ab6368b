import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';

/**
 * Puts itself in the place of Node's HTTP client, for this process: every request is handed to `answer` and answered in the
 * next turn of the event loop. No socket, no kernel: what is left is the work of those who ask.
 */
export function answerInstantly(answer) {
  const request = (target, ...rest) => {
    const [options, respond] = target instanceof URL ? rest : [target, rest.at(-1)];
    return new InstantRequest(
      target instanceof URL ? `${target.pathname}${target.search}` : target.path,
      options,
      respond,
      answer,
    );
  };
  http.request = request;
  https.request = request;
  syncBuiltinESMExports();
}

class InstantRequest extends EventEmitter {
  #ask;

  constructor(path, { method, headers }, respond, answer) {
    super();
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    this.#ask = (text) => {
      const { status, headers: answered, body } = answer({ method, path, headers: lower, text });
      const response = Object.assign(Readable.from([Buffer.from(body)]), { statusCode: status, headers: answered });
      setImmediate(respond, response);
    };
  }

  end(body = '') {
    this.#ask(typeof body === 'string' ? body : new TextDecoder().decode(body));
    return this;
  }

  setTimeout() {
    return this;
  }

  destroy() {
    return this;
  }
}
