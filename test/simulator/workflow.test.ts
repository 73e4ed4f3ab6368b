import { describe, expect, it } from 'vitest';
import type { ActResult, OrderRef } from '../../lambdas/model/order.ts';
import type { Workflow } from '../../lambdas/ports/workflow.ts';
import { SimulatedCallbacks } from '../../lib/simulator/adapters/callbacks.ts';
import { VirtualClock } from '../../lib/simulator/clock.ts';
import { Deaths } from '../../lib/simulator/fate.ts';
import { type Place, Process } from '../../lib/simulator/process.ts';
import { type Checkpoint, NotDeterministic, SimulatedWorkflow } from '../../lib/simulator/workflow.ts';

type Ports = { readonly store: { add(what: string): Promise<number> } };

const none = { callbacks: new SimulatedCallbacks(new VirtualClock(0)) };
const ref: OrderRef = { incidentId: 'i', orderId: 'o' };

/** Something with two steps, an act and a wait; `store` is what is left in the world. */
async function body(workflow: Workflow<Ports>): Promise<string> {
  const first = await workflow.step('first', ({ store }) => store.add('first'));
  const result = await workflow.act('act', 'replace-task', ref);
  await workflow.sleep('wait', { seconds: 30 });
  await workflow.tell('last', async ({ store }) => {
    await store.add('last');
  });
  return `${first} ${result.kind}`;
}

/** Runs it to its end, as Lambda does: again after each death. */
async function run(deaths: Deaths, onPlace: (place: Place) => void = () => {}) {
  const clock = new VirtualClock(0);
  const journal: Checkpoint[] = [];
  const callbacks = new SimulatedCallbacks(clock);
  const added: string[] = [];
  const acts: string[] = [];
  const answers = new Map<string, Promise<ActResult>>();
  const ports: Ports = { store: { add: async (what) => added.push(what) } };
  const invoke = (name: string): Promise<ActResult> => {
    const answer =
      answers.get(name) ??
      clock.sleep(1000).then((): ActResult => {
        acts.push(name);
        return { kind: 'unknown', error: 'none' };
      });
    answers.set(name, answer);
    return answer;
  };
  const count = { calls: 0 };
  const fate = (place: Place): boolean => {
    onPlace(place);
    return deaths.fate(place);
  };
  let ended: { readonly at: number; readonly answer: string } | undefined;
  let lives = 0;
  const live = async (): Promise<void> => {
    for (;;) {
      lives++;
      const process = new Process('recover', fate, count);
      const workflow = new SimulatedWorkflow({ clock, journal, invoke, callbacks }, process, ports);
      const end = await Promise.race([process.died, body(workflow)]);
      if (end !== 'died') {
        ended = { at: clock.now(), answer: end };
        return;
      }
    }
  };
  void live();
  await clock.runUntil(600_000);
  return { ended, lives, added, acts, names: journal.map(({ name }) => name) };
}

describe('the simulated workflow', () => {
  it('runs each operation once and remembers its result', async () => {
    const { ended, added, acts, names } = await run(new Deaths());
    expect(ended).toEqual({ at: 31_000, answer: '1 unknown' });
    expect(added).toEqual(['first', 'last']);
    expect(acts).toEqual(['act']);
    expect(names).toEqual(['first', 'act', 'wait', 'last']);
  });

  it('ends the same wherever it dies, and acts once', async () => {
    const places: Place[] = [];
    await run(new Deaths(), (place) => places.push(place));
    expect(places.length).toBeGreaterThan(10);
    for (const { n, side } of places) {
      const deaths = new Deaths();
      deaths.add({ function: 'recover', step: n, when: side });
      const { ended, lives, acts, names } = await run(deaths);
      expect(lives).toBe(2);
      expect(ended?.answer).toMatch(/^[12] unknown$/);
      expect(acts).toEqual(['act']);
      expect(names).toEqual(['first', 'act', 'wait', 'last']);
    }
  });

  it('repeats what a step did when it dies between the effect and the checkpoint', async () => {
    const deaths = new Deaths();
    deaths.add({ function: 'recover', step: 'last', when: 'after' });
    expect((await run(deaths)).added).toEqual(['first', 'last', 'last']);
  });

  it('does not wait longer because of a death during a wait', async () => {
    const deaths = new Deaths();
    deaths.add({ function: 'recover', step: 'wait', when: 'after' });
    const { ended } = await run(deaths);
    expect(ended?.at).toBeLessThanOrEqual(62_000);
  });

  it('refuses code that takes another way on replay', async () => {
    const clock = new VirtualClock(0);
    const outside = { clock, journal: [{ name: 'first', result: 1 }], invoke: async () => Promise.reject(), ...none };
    const process = new Process('recover', () => false);
    const workflow = new SimulatedWorkflow(outside, process, {});
    await expect(workflow.step('second', async () => 2)).rejects.toThrow(NotDeterministic);
  });

  it('gives back what a checkpoint can hold, and nothing of the live value', async () => {
    const outside = { clock: new VirtualClock(0), journal: [], invoke: async () => Promise.reject(), ...none };
    const workflow = new SimulatedWorkflow(outside, new Process('recover', () => false), {});
    const live = { list: [1, 2] };
    const back = await workflow.step('step', async () => live);
    expect(back).toEqual(live);
    expect(back).not.toBe(live);
  });

  it('repeats a step that fails, and rejects when its retries are spent', async () => {
    const clock = new VirtualClock(0);
    const outside = { clock, journal: [], invoke: async () => Promise.reject(), ...none };
    const workflow = new SimulatedWorkflow(outside, new Process('recover', () => false), {});
    let tries = 0;
    const third = workflow.step('third', async () => {
      if (++tries < 3) throw new Error('not yet');
      return tries;
    });
    const never = workflow.step('never', async () => {
      throw new Error('never');
    });
    const rejected = expect(never).rejects.toThrow('never');
    await clock.runUntil(60_000);
    expect(await third).toBe(3);
    await rejected;
  });

  /** A workflow that registers for a word, killed at that place; `wakeAt` in ms, null for never. */
  async function word(wakeAt: number | null, death?: { readonly step: string; readonly when: 'before' | 'after' }) {
    const clock = new VirtualClock(0);
    const callbacks = new SimulatedCallbacks(clock);
    const outside = { clock, callbacks, journal: [], invoke: async () => Promise.reject() };
    const deaths = new Deaths();
    if (death) deaths.add({ function: 'recover', ...death });
    const registered: string[] = [];
    const count = { calls: 0 };
    let ended: object | undefined;
    const live = async (): Promise<void> => {
      for (;;) {
        const process = new Process('recover', deaths.fate, count);
        const workflow = new SimulatedWorkflow(outside, process, {});
        const body = async (): Promise<string> => {
          const said = await workflow.waitForWord('word', { seconds: 60 }, async (_, id) => {
            registered.push(id);
            return 'waits';
          });
          await workflow.step('after', async () => said);
          return said;
        };
        const end = await Promise.race([process.died, body()]);
        if (end !== 'died') {
          ended = { end, at: clock.now() };
          return;
        }
        await clock.sleep(1000);
      }
    };
    void live();
    let refused = false;
    if (wakeAt !== null)
      clock.at(
        wakeAt,
        () =>
          void callbacks.wake(registered.at(-1) ?? '').catch(() => {
            refused = true;
          }),
      );
    await clock.runUntil(600_000);
    return { ended, refused, registered: new Set(registered).size };
  }

  it('is woken from its wait when the word comes, and goes on by itself when none comes', async () => {
    expect(await word(10_000)).toEqual({ ended: { end: 'word', at: 10_000 }, refused: false, registered: 1 });
    expect(await word(60_000)).toMatchObject({ ended: { end: 'word', at: 60_000 } });
    expect(await word(null)).toEqual({ ended: { end: 'time-out', at: 60_000 }, refused: false, registered: 1 });
    expect(await word(60_001)).toMatchObject({ ended: { end: 'time-out' }, refused: true });
  });

  it.each(['word', 'word, registered', 'after'])('hears the same word wherever it dies: at "%s"', async (step) => {
    for (const when of ['before', 'after'] as const) {
      const { ended } = await word(step === 'after' ? 500 : 20_000, { step, when });
      expect(ended).toMatchObject({ end: 'word' });
    }
  });
});
