import { beforeEach, describe, expect, it } from 'vitest';
import type { Duration } from '../../lambdas/contract/time.ts';
import type { Controls } from '../../lambdas/model/controls.ts';
import type { StopOperation } from '../../lambdas/model/operation.ts';
import { pauseOrResume } from '../../lambdas/pipeline/operate.ts';
import type { StopPorts } from '../../lambdas/ports/ports.ts';
import { SimulatedControls } from '../../lib/simulator/adapters/controls.ts';
import { simulatedControlsWriter } from '../../lib/simulator/adapters/controls-writer.ts';
import { SimulatedFleet } from '../../lib/simulator/adapters/fleet.ts';
import { SimulatedLedger } from '../../lib/simulator/adapters/ledger.ts';
import { simulatedOperationLog } from '../../lib/simulator/adapters/operation-log.ts';
import { publishedSettings } from '../../lib/simulator/adapters/settings.ts';
import { minutes, settings } from './build.ts';

const ann = 'arn:aws:sts::123456789012:assumed-role/on-call/ann';
const start = Date.UTC(2026, 0, 5, 12);
const day = 86_400_000;

let now = start;
let controls: SimulatedControls;
let ports: StopPorts;
let requests = 0;
let fleet: SimulatedFleet;
beforeEach(() => {
  now = start;
  const clock = { now: () => now };
  controls = new SimulatedControls(clock);
  const ledger = new SimulatedLedger(controls);
  fleet = new SimulatedFleet(ledger, 2);
  ports = {
    clock,
    settings: publishedSettings([settings(), settings({ id: 'cart' })]),
    controls: simulatedControlsWriter(controls, clock),
    log: simulatedOperationLog(),
    fleet,
  };
});

const ask = (operation: StopOperation, by = ann, id = `${++requests}`) => pauseOrResume({ id, by, operation }, ports);
const pause = (service: string | null = null, length: Duration | null = null, why = 'migration') =>
  ask({ kind: 'pause', service, for: length, why });
const resume = (service: string | null = null) => ask({ kind: 'resume', service, why: 'over' });
const stands = (service = 'checkout'): Promise<Controls> => controls.read(service);
const done = (says: string) => ({ kind: 'done', says });
const refused = (says: string) => ({ kind: 'refused', says });

describe('a pause', () => {
  it('holds everything until somebody resumes it, and says who asked and why', async () => {
    expect(await pause()).toEqual(done('Paused: nothing is changed for any service until somebody resumes it.'));
    now += 365 * day;
    expect(await stands()).toEqual({ kind: 'paused', scope: 'everything', by: ann, why: 'migration', until: null });
  });

  it('holds one service, until its end and not longer', async () => {
    expect(await pause('checkout', { minutes: 90 })).toEqual(
      done('Paused: nothing is changed for checkout until 2026-01-05 13:30 UTC.'),
    );
    expect(await stands()).toMatchObject({ kind: 'paused', scope: 'service' });
    expect(await stands('cart')).toEqual({ kind: 'running' });
    now += minutes(90);
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it('says an end to the minute that is not before the real one', async () => {
    now += 1;
    const { says } = await pause(null, { minutes: 1 });
    expect(says).toContain('until 2026-01-05 12:02 UTC');
  });

  it('is the same when it is asked for twice, and names the pause whose place it takes', async () => {
    await pause('checkout');
    const first = await stands();
    expect(await pause('checkout')).toEqual(
      done(
        `Paused: nothing is changed for checkout until somebody resumes it. It takes the place of the pause by ${ann} until somebody resumes it (migration).`,
      ),
    );
    expect(await stands()).toEqual(first);
    const { says } = await pause('checkout', { minutes: 1 }, 'lunch');
    expect(says).toContain('It takes the place of the pause');
    expect(await stands()).toMatchObject({ until: start + minutes(1), why: 'lunch' });
    now += minutes(2);
    expect((await pause('checkout')).says).not.toContain('takes the place');
  });

  it('of a service nobody knows is refused', async () => {
    expect(await pause('chekcout')).toEqual(
      refused('Paramedic looks after no service chekcout here: its name must stand in recovery.yaml, and be deployed.'),
    );
    expect(await stands('chekcout')).toEqual({ kind: 'running' });
  });

  it('holds a service all the same when it cannot be read whether there is one', async () => {
    ports = { ...ports, settings: { of: () => Promise.reject(new Error('throttled')) } };
    expect(await pause('checkout')).toEqual(
      done(
        'Paused: nothing is changed for checkout until somebody resumes it. Whether there is a service checkout could not be read.',
      ),
    );
    expect(await stands()).toMatchObject({ kind: 'paused' });
  });
});

describe('resuming', () => {
  it('ends the pause of everything, and names who had paused it', async () => {
    await pause();
    expect(await resume()).toEqual(
      done(
        `Paramedic works again; it was paused by ${ann} until somebody resumes it (migration). Changes may be made again.`,
      ),
    );
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it('of everything leaves services that are paused by themselves, and names them', async () => {
    await pause();
    await pause('checkout');
    await pause('cart');
    expect((await resume()).says).toMatch(/ Still paused by themselves: cart, checkout\.$/);
    expect(await stands()).toMatchObject({ kind: 'paused', scope: 'service' });
  });

  it('ends the pause of one service', async () => {
    await pause('checkout');
    expect((await resume('checkout')).says).toMatch(
      /^checkout works again; it was paused by .* Changes may be made again\.$/,
    );
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it('a service says that everything is still paused, by whom and until when', async () => {
    await pause('checkout');
    await pause(null, { minutes: 30 }, 'release');
    expect((await resume('checkout')).says).toMatch(
      new RegExp(
        ` But everything is paused by ${ann} until 2026-01-05 12:30 UTC \\(release\\): nothing is changed until that ends\\.$`,
      ),
    );
    expect(await stands()).toMatchObject({ kind: 'paused', scope: 'everything' });
  });

  it('what was not paused changes nothing, and says so', async () => {
    expect(await resume('checkout')).toEqual(done('checkout was not paused by itself. Changes may be made again.'));
    expect(await resume()).toEqual(done('Nothing was paused as a whole. Changes may be made again.'));
  });

  it('everything writes the item anew that was deleted; a service only says that it is missing', async () => {
    controls.uninstall();
    expect((await resume('checkout')).says).toContain('But nothing is changed yet: the item that says');
    expect(await stands()).toMatchObject({ kind: 'unreadable' });
    expect((await resume()).says).toMatch(/^Paramedic works again; the item .* Changes may be made again\.$/);
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it('a service nobody knows is refused', async () => {
    expect(await resume('chekcout')).toMatchObject({ kind: 'refused' });
  });

  it('does nothing when it cannot be read whether there is such a service, or what is paused', async () => {
    await pause('checkout');
    const whole = ports;
    ports = { ...whole, settings: { of: () => Promise.reject(new Error('throttled')) } };
    await expect(resume('checkout')).rejects.toThrow('throttled');
    ports = { ...whole, controls: { ...whole.controls, readAll: () => Promise.reject(new Error('throttled')) } };
    await expect(resume('checkout')).rejects.toThrow('throttled');
    expect(await stands()).toMatchObject({ kind: 'paused' });
  });
});

describe('every operation', () => {
  const operation: StopOperation = { kind: 'pause', service: 'checkout', for: { hours: 2 }, why: 'migration' };

  it('is written down with who, when and why before it is done, and its answer after it', async () => {
    const { log, controls: writer } = ports;
    const order: unknown[] = [];
    ports = {
      ...ports,
      log: {
        begin: async (record) => {
          order.push(record);
          return log.begin(record);
        },
        end: async (id, answer) => {
          order.push([id, answer.kind]);
          return log.end(id, answer);
        },
      },
      controls: {
        ...writer,
        write: async (...asked) => {
          order.push('written');
          return writer.write(...asked);
        },
      },
    };
    await ask(operation, ann, '1-a');
    expect(order).toEqual([{ id: '1-a', at: start, by: ann, operation, answer: null }, 'written', ['1-a', 'done']]);
  });

  it('is not done when it cannot be written down', async () => {
    ports = { ...ports, log: { ...ports.log, begin: () => Promise.reject(new Error('no table')) } };
    await expect(ask(operation)).rejects.toThrow('no table');
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it('stays done when only its answer could not be written down, and says so', async () => {
    ports = { ...ports, log: { ...ports.log, end: () => Promise.reject(new Error('no table')) } };
    const { kind, says } = await ask(operation);
    expect(kind).toBe('done');
    expect(says).toMatch(/ This answer could not be recorded\.$/);
    expect(await stands()).toMatchObject({ kind: 'paused' });
  });

  it('counts once however often the same request comes: a pause that came late ends no resume', async () => {
    const first = await ask(operation, ann, '1-a');
    await resume('checkout');
    now += minutes(5);
    expect(await ask(operation, ann, '1-a')).toEqual(first);
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it.each<readonly [string, StopOperation, string]>([
    ['with another length', { ...operation, for: { hours: 3 } }, ann],
    ['without an end', { ...operation, for: null }, ann],
    ['for everything', { ...operation, service: null }, ann],
    ['for another reason', { ...operation, why: 'lunch' }, ann],
    ['for the opposite', { kind: 'resume', service: 'checkout', why: 'migration' }, ann],
    ['by somebody else', operation, `${ann}a`],
  ])(
    'is refused under an id that was used already, when it comes %s, and hears nothing of the other',
    async (_, other, by) => {
      await ask(operation, ann, '1-a');
      const before = await stands();
      expect(await ask(other, by, '1-a')).toEqual(
        refused('Another request had this id, so nothing was done: ask with a new one.'),
      );
      expect([await stands(), await stands('cart')]).toEqual([before, { kind: 'running' }]);
    },
  );

  it('is refused when the same request came before and nobody knows what became of it', async () => {
    await ports.log.begin({ id: '1-a', at: start, by: ann, operation, answer: null });
    expect(await ask(operation, ann, '1-a')).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('came before'),
    });
    expect(await stands()).toEqual({ kind: 'running' });
  });

  it('is a request of its own when it is asked for anew', async () => {
    await ask(operation);
    await resume('checkout');
    await ask(operation);
    expect(await stands()).toMatchObject({ kind: 'paused' });
  });
});
