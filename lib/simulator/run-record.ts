import type { MessageLimit } from '../../lambdas/contract/settings.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Held } from './adapters/controls.ts';
import type { KeptIncident } from './adapters/ledger-store.ts';
import type { Published } from './adapters/notifier.ts';
import type { Deed } from './deed.ts';
import type { Functions, Heard } from './functions.ts';
import type { Installation } from './installation.ts';
import type { Scenario, ScenarioFault } from './scenario.ts';
import type { World } from './world/world.ts';

/** All that the invariants are judged by: what the world, the ledger and people saw of one run. */
export type RunRecord = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** What befell it; `at` and `until` in ms after the start. */
  readonly faults: readonly ScenarioFault[];
  readonly world: World;
  readonly deeds: readonly Deed[];
  readonly incidents: readonly KeptIncident[];
  readonly ledger: readonly LedgerEntry[];
  readonly published: readonly Published[];
  /** How many messages people get at most. */
  readonly messages: MessageLimit;
  readonly heard: readonly Heard[];
  readonly held: readonly Held[];
  /** Processes that died, and calls that took effect though their answers were lost. */
  readonly deaths: number;
  readonly lostAnswers: number;
  /** What the functions did that their runtime does not bear, one sentence each. */
  readonly failures: readonly string[];
  /** What waits in a net since three attempts could not deal with it. */
  readonly netted: readonly unknown[];
};

/** The record of a run so far. */
export function recordOf(played: {
  readonly scenario: Scenario;
  readonly startedAt: Instant;
  readonly world: World;
  readonly installation: Installation;
  readonly functions: Functions;
}): RunRecord {
  const { scenario, startedAt, world, installation, functions } = played;
  const { ledger, witness, notifier, controls, deaths, api } = installation;
  return {
    startedAt,
    endedAt: startedAt + scenario.duration,
    faults: scenario.faults,
    world,
    deeds: witness.deeds,
    incidents: ledger.kept,
    ledger: ledger.all,
    published: notifier.published,
    messages: scenario.messages,
    heard: functions.heard,
    held: controls.held,
    deaths: deaths.died,
    lostAnswers: api.lostAnswers,
    failures: functions.failures,
    netted: functions.netted,
  };
}
