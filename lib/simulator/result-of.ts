import type { EntryOf, LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import { actionsOf } from './actions-of.ts';
import { clocksOf } from './clocks.ts';
import { doneOrWithheld, unmet, wordedSeconds } from './expectations.ts';
import type { Functions } from './functions.ts';
import { incidentsOf, worstOf } from './incidents-of.ts';
import type { Installation } from './installation.ts';
import { takesOut } from './invariants/deeds.ts';
import { brokenInvariants } from './invariants/invariants.ts';
import type { PlayOptions } from './play-options.ts';
import type { Notification, RunResult } from './result.ts';
import { recordOf } from './run-record.ts';
import type { Scenario } from './scenario.ts';
import { seriesOf } from './series-of.ts';
import type { World } from './world/world.ts';

type Played = {
  readonly scenario: Scenario;
  readonly options: PlayOptions;
  readonly startedAt: number;
  readonly world: World;
  readonly installation: Installation;
  readonly functions: Functions;
};

/** Everything a played scenario has to say, judged. */
export function resultOf({ scenario, options, startedAt, world, installation, functions }: Played): RunResult {
  const { ledger: store, witness } = installation;
  const seconds = (at: number): number => (at - startedAt) / 1000;
  const ledger = store.all;
  const incidents = incidentsOf(store.opened, ledger, startedAt);
  const { troubleAt, mitigatedAt, recoveredAt } = clocksOf(
    world.services.map(({ truth, scheduler }) => ({ truth, desired: scheduler.desired })),
  );
  /** Seconds since trouble began; what happens before it happens at once. */
  const since = (at: number | null): number | null =>
    at === null || troubleAt === null ? null : toMillis(Math.max(0, at - troubleAt));
  const handedOver = ledger.find((entry): entry is EntryOf<'HandedOver'> => entry.kind === 'HandedOver');
  const end = scenario.duration / 1000;

  const notifications = notificationsOf(installation, seconds);
  const shown = {
    outcome: worstOf(incidents),
    troubleAt,
    detectedAt: since(incidents[0]?.openedAt ?? null),
    mitigatedAt: since(mitigatedAt),
    recoveredAt: since(recoveredAt),
    toldAt: toldAt(scenario, world, notifications),
    handedOverAt: since(handedOver ? seconds(handedOver.at) : null),
    incidents,
    actions: actionsOf(ledger, witness.changed, startedAt),
    notifications,
    requests: totalsOf(world),
    inService: Object.fromEntries(world.services.map((service) => [service.id, service.inService])),
    wellTasksOut: new Set(witness.deeds.filter(takesOut).flatMap(({ well }) => well)).size,
    condemned: condemnedIn(ledger, world),
  };
  const failures = unmet(scenario.expect, shown);
  const record = recordOf({ scenario, startedAt, world, installation, functions });
  const violations = brokenInvariants(record).map(({ says }) => says);
  return {
    scenario: scenario.name,
    description: scenario.description,
    seed: options.seed,
    mode: options.mode ?? null,
    without: options.without ?? null,
    ...shown,
    netted: functions.netted.length,
    violations,
    expectationsMet: failures.length === 0,
    failures,
    summary: summaryOf(shown),
    startedAt,
    duration: end,
    faults: scenario.faults.map(({ at, kind, service }) => ({ at: at / 1000, kind, service: service ?? null })),
    changes: witness.deeds.map(({ askedAt, service, change, subject }) => ({
      at: seconds(askedAt),
      service,
      kind: change,
      subject,
    })),
    series: world.services.map(({ id, scheduler, spec, truth }) =>
      seriesOf({ id, desired: scheduler.desired, settings: spec.settings, minutes: truth.minutes }),
    ),
    ledger,
  };
}

const notificationsOf = ({ notifier }: Installation, seconds: (at: number) => number): readonly Notification[] =>
  notifier.published.map(({ at, people, message }) => {
    const { topic, subject, body, service, severity, kind, dedupKey, status } = message;
    return { at: seconds(at), topic, subject, body, attributes: { service, severity, kind, dedupKey, status }, people };
  });

function totalsOf(world: World): RunResult['requests'] {
  const sum = { total: 0, failed: 0, slow: 0, bad: 0 };
  for (const { truth } of world.services) {
    sum.total += truth.totals.total;
    sum.failed += truth.totals.failed;
    sum.slow += truth.totals.slow;
    sum.bad += truth.totals.bad;
  }
  return sum;
}

/** The releases that were found bad, as scenarios call them, service by service. */
const condemnedIn = (ledger: readonly LedgerEntry[], { services }: World): readonly string[] =>
  services.flatMap(({ id, releases }) => {
    const bad = ledger.filter(
      (entry): entry is EntryOf<'ReleaseCondemned'> => entry.kind === 'ReleaseCondemned' && entry.service === id,
    );
    return [...new Set(bad.map(({ taskDefinition }) => releases.revisionOf(taskDefinition) ?? taskDefinition))];
  });

/** When the first message that triggers told of the service in trouble. */
function toldAt(scenario: Scenario, world: World, notifications: readonly Notification[]): number | null {
  const troubles = world.services.flatMap(({ id, truth, scheduler }) => {
    const { troubleAt } = clocksOf([{ truth, desired: scheduler.desired }]);
    return troubleAt === null ? [] : [{ at: troubleAt, service: id }];
  });
  const faults = scenario.faults.map(({ at, service }) => ({ at: at / 1000, service: service ?? null }));
  const [first] = (troubles.length > 0 ? troubles : faults).toSorted((a, b) => a.at - b.at);
  const told = notifications.find(
    ({ attributes: { status, service } }) => status === 'trigger' && (first?.service ?? service) === service,
  );
  return told === undefined || first === undefined ? null : toMillis(Math.max(0, told.at - first.at));
}

/** One line for people: how it ended, why, how fast, and by what. */
function summaryOf(shown: Pick<RunResult, 'outcome' | 'incidents' | 'actions' | 'detectedAt' | 'mitigatedAt'>): string {
  const { outcome, incidents, detectedAt, mitigatedAt } = shown;
  const done = doneOrWithheld(shown);
  const parts = [
    outcome,
    incidents[0]?.diagnosis,
    detectedAt === null ? undefined : `detected after ${wordedSeconds(detectedAt)}`,
    mitigatedAt === null ? undefined : `mitigated after ${wordedSeconds(mitigatedAt)}`,
    done.length > 0
      ? `${shown.actions.some(({ enforced }) => enforced) ? '' : 'withheld: '}${counted(done)}`
      : undefined,
  ];
  return parts.filter((part) => part !== undefined && part !== null).join('; ');
}

/** In order of first appearance; how often, where it was more than once. */
function counted(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => (count > 1 ? `${count} × ${kind}` : kind)).join(', ');
}

/** Seconds with three decimals, without the noise of binary fractions. */
const toMillis = (seconds: number): number => Math.round(seconds * 1000) / 1000;
