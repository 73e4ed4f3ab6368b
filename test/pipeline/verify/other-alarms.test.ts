import { describe, expect, it } from 'vitest';
import { watchedAlarms } from '../../../lambdas/contract/alarms/watched.ts';
import type { Signal } from '../../../lambdas/model/signal.ts';
import { othersSay } from '../../../lambdas/pipeline/verify/other-alarms.ts';
import { minute, settings, signal, symptoms } from '../diagnose/build.ts';
import { acted } from './build.ts';

const ours = watchedAlarms(
  settings,
  symptoms(() => ({})),
);
const say = (...signals: readonly Signal[]) => othersSay(ours, signals, acted);
const own = (alarm: string, state: Signal['state'], at = acted - minute) => signal('errors', { alarm, state, at });
const oursFires = signal('errors', { at: acted - minute });
const oursResolved = signal('errors', { state: 'resolved', at: acted + minute });

describe('alarms that we have no definition of', () => {
  it('fire when their event says so; those with a definition are not named', () => {
    const combined = signal('combined', { at: acted - minute });
    const given = [oursFires, own('checkout-5xx', 'firing'), own('checkout-slow', 'resolved'), combined];
    expect(say(...given).firing).toEqual(['checkout-5xx', combined.alarm]);
  });

  it('went quiet when one of them has been OK since the act', () => {
    expect(say(oursFires, own('checkout-5xx', 'resolved', acted)).wentQuiet).toBe(true);
    expect(say(oursFires, own('checkout-5xx', 'resolved', acted - 1)).wentQuiet).toBe(false);
    expect(say(oursFires, own('checkout-5xx', 'firing', acted)).wentQuiet).toBe(false);
  });

  it('did not go quiet because one of ours did, while another fires', () => {
    expect(say(oursResolved, own('checkout-5xx', 'firing')).wentQuiet).toBe(false);
  });

  it('are quiet when every alarm that ever fired is OK, however long that has been so', () => {
    expect(say(own('checkout-5xx', 'resolved'), own('checkout-slow', 'resolved')).wentQuiet).toBe(true);
    expect(say(oursResolved).wentQuiet).toBe(true);
    expect(say(own('checkout-5xx', 'resolved'), own('checkout-slow', 'firing')).wentQuiet).toBe(false);
  });

  it('say nothing when none ever fired', () => {
    expect(say()).toEqual({ firing: [], wentQuiet: false });
  });
});
