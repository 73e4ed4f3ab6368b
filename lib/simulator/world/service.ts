import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';
import type { VirtualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { type Names, namesOf } from './account.ts';
import { traitsOf } from './account-traits.ts';
import { type Alarm, alarmsFor, watchAlarms } from './alarm-watch.ts';
import { Conditions } from './conditions.ts';
import type { Deployment } from './deployment.ts';
import type { EventBus } from './event-bus.ts';
import { Fleet } from './fleet.ts';
import { LatencyModel, shareOf } from './latency.ts';
import { type Datapoints, MetricStore } from './metric-store.ts';
import { OwnAlarms } from './own-alarms.ts';
import { groupDatapoints, pastDatapoints, serviceDatapoints, withBlip } from './publish.ts';
import { type Release, type ReleaseSpec, Releases } from './releases.ts';
import { Rollouts } from './rollouts.ts';
import { Scheduler, schedulerSeconds } from './scheduler.ts';
import type { AccountTraits, RevisionSpec, ServiceSpec } from './service-spec.ts';
import { TargetGroup } from './target-group.ts';
import type { Task } from './task.ts';
import { Traffic } from './traffic.ts';
import { Truth } from './truth.ts';

/** Minutes of metrics that are there when a run begins. */
const pastMinutes = 60;
/** How long deployments of the past took. */
const pastDeploymentTook = 180_000;
/** A datapoint comes 60 s after its minute ended, give or take 15. */
const [earliestArrival, latestArrival] = [45_000, 75_000];

/** Which tasks a fault hits: so many of those in service, of all zones or one. */
export type Victims = {
  readonly tasks: number | 'all';
  readonly zone?: string | undefined;
  readonly age?: 'oldest' | 'newest' | undefined;
};

/** One service of the account: what runs, who gets its requests, what CloudWatch shows of it. */
export class Service {
  readonly id: string;
  readonly spec: ServiceSpec;
  readonly names: Names;
  readonly account: AccountTraits;
  /** The digest of the sidecar of every task; null where there is none. */
  readonly sidecar: string | null;
  /** What faults turn. */
  readonly conditions = new Conditions();
  readonly releases: Releases;
  readonly rollouts: Rollouts;
  readonly fleet: Fleet;
  readonly scheduler: Scheduler;
  readonly traffic: Traffic;
  readonly metrics: MetricStore;
  readonly alarms: readonly Alarm[];
  /** Those that the team has made by itself. */
  readonly ownAlarms: OwnAlarms;
  /** The true traffic, for the judge. */
  readonly truth: Truth;
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #latency: LatencyModel;
  readonly #start: Instant;
  #ownErrorsBefore = 0;

  constructor(spec: ServiceSpec, clock: VirtualClock, random: Random) {
    const { settings } = spec;
    this.id = spec.id;
    this.spec = spec;
    this.names = namesOf(settings.resources);
    this.account = traitsOf(spec.account, random.fork('account'));
    this.sidecar = this.account.sidecar ? `sha256:${random.fork('sidecar').hex(64)}` : null;
    this.#clock = clock;
    this.#random = random;
    this.#start = clock.now();
    this.releases = new Releases(this.names, random.fork('releases'), this.account);
    this.rollouts = new Rollouts(this.names, this.releases, random.fork('deployments'));
    const ways = { ...this.account, crossZone: spec.crossZone };
    const groups = settings.resources.targetGroups.map((arn) => new TargetGroup(arn, clock, this.conditions, ways));
    const { account, names, conditions, releases } = this;
    this.fleet = new Fleet({ spec, account, names, clock, conditions, releases, groups, random: random.fork('tasks') });
    const { fleet, rollouts } = this;
    this.scheduler = new Scheduler({ spec, account, fleet, rollouts, random: random.fork('scheduler') });
    this.truth = new Truth(settings);
    this.#latency = new LatencyModel(spec.latency, settings.alarms.latency?.threshold ?? Number.POSITIVE_INFINITY);
    this.traffic = new Traffic({
      spec,
      conditions: this.conditions,
      fleet: this.fleet,
      truth: this.truth,
      latency: this.#latency,
      random: random.fork('traffic'),
    });
    this.metrics = new MetricStore(groups.length);
    this.ownAlarms = new OwnAlarms(spec.id, this.names, clock, random.fork('own alarms'));
    this.alarms = alarmsFor(settings, clock.now());
    this.#settle();
  }

  /** Lets CloudWatch evaluate the service's alarms, and brings in revisions that are deployed later on. */
  start(bus: EventBus): void {
    const { alarms, conditions, metrics: store, names } = this;
    const { settings } = this.spec;
    watchAlarms({
      alarms,
      store,
      settings,
      conditions,
      names,
      bus,
      clock: this.#clock,
      random: this.#random.fork('alarms'),
    });
    this.ownAlarms.tell(bus);
    for (const revision of this.#revisions.later) {
      this.#clock.tick(this.#start + revision.deployed, () => this.deploy(revision));
    }
  }

  /** One second of the world's time, the `second`th from the start on. */
  pass(second: number): void {
    const now = this.#clock.now();
    if (second % schedulerSeconds === 0) this.scheduler.reconcile(now);
    this.traffic.pass(second, now);
  }

  /** How many requests of the minute that ends now the load balancer answered by itself, on behalf of this service. */
  ownErrors(): number {
    const sum = (count: (tally: Traffic['tallies'][number]) => number): number =>
      this.traffic.tallies.reduce((total, tally) => total + count(tally), 0);
    const timedOut = this.#ownErrorsBefore;
    this.#ownErrorsBefore = sum((tally) => tally.unanswered);
    return timedOut + sum((tally) => tally.withoutTarget + tally.connectionErrors);
  }

  /** Publishes the minute that ends now. `elb5xx` is of the whole load balancer. */
  closeMinute(elb5xx: number): void {
    const { conditions, fleet, spec, traffic, truth } = this;
    const now = this.#clock.now();
    const blip = conditions.blips.shift();
    // What is never answered keeps no CPU busy.
    const answered = traffic.tallies.reduce((sum, tally) => sum + tally.answered, 0);
    const groups = traffic.tallies.map((tally) => {
      const points: Datapoints = { ...groupDatapoints(tally, spec.settings.latencyPercentile), elb5xx: elb5xx || null };
      return blip === undefined ? points : withBlip(points, blip, spec);
    });
    const random = this.#random.fork(`metrics ${now}`);
    const service = serviceDatapoints(spec, this.scheduler.desired, fleet.tasks, answered / 60, random);
    this.metrics.add({ end: now, arrives: this.#arrival(now), groups, service });
    truth.closeMinute(traffic.slowest(spec.settings.latencyPercentile));
    for (const tally of traffic.tallies) tally.clear();
  }

  /** The deployment tool brings in a release. `startup`: how long its tasks take to become healthy, in ms. */
  deploy(revision: ReleaseSpec, startup = this.spec.startup): Deployment {
    return this.#begin(this.releases.broughtIn(revision), startup, true);
  }

  /** UpdateService with a task definition; nothing happens when it is the one that runs. */
  updateTo(taskDefinition: string): void {
    const release = this.releases.deployable(taskDefinition, this.#clock.now());
    if (release !== this.rollouts.wanted.release) this.#begin(release, this.spec.startup, false);
  }

  /** UpdateService with forceNewDeployment: the same task definition, whose image tag is looked up anew. */
  redeploy(): void {
    this.#begin(this.rollouts.wanted.release, this.spec.startup, false);
  }

  /** The first so many of the tasks in service, by their age or else in an order that the seed decides. */
  victims({ tasks, zone, age }: Victims): readonly Task[] {
    const inService = this.fleet.tasks.filter(
      (task) => this.fleet.inService(task) && (zone === undefined || task.zone === zone),
    );
    const older = age === undefined ? 0 : age === 'oldest' ? 1 : -1;
    const first = (a: Task, b: Task): number =>
      older * ((a.startedAt ?? 0) - (b.startedAt ?? 0)) || (a.id < b.id ? -1 : 1);
    return inService.sort(first).slice(0, tasks === 'all' ? inService.length : tasks);
  }

  /** The release that most healthy targets run, the newer on a tie; null when none is healthy. */
  get inService(): string | null {
    const targets = new Map<string, { count: number; newest: Instant }>();
    for (const { deployment } of this.fleet.groups.flatMap((group) => group.healthyTasks)) {
      const known = targets.get(deployment.release.revision) ?? { count: 0, newest: deployment.startedAt };
      const newest = Math.max(known.newest, deployment.startedAt);
      targets.set(deployment.release.revision, { count: known.count + 1, newest });
    }
    const [most] = [...targets].sort(([, a], [, b]) => b.count - a.count || b.newest - a.newest);
    return most?.[0] ?? null;
  }

  get listeners(): number {
    return this.conditions.listeners.newest ?? this.spec.listeners;
  }

  #begin(release: Release, startup: number, byTool: boolean): Deployment {
    this.fleet.failedStarts = 0;
    return this.rollouts.begin(release, this.#clock.now(), startup, byTool);
  }

  #arrival(end: Instant): Instant | null {
    if (this.conditions.metricsMissing.newest) return null;
    const usual = Math.round(this.#random.fork(`arrival ${end}`).between(earliestArrival, latestArrival));
    return end + usual + (this.conditions.metricsLate.newest ?? 0);
  }

  /** Those deployed before the start, and those to come. Something has always been running: the oldest, if need be. */
  get #revisions(): { readonly deployed: readonly RevisionSpec[]; readonly later: readonly RevisionSpec[] } {
    const deployed = this.spec.revisions.filter((revision) => revision.deployed < 0);
    const later = this.spec.revisions.filter((revision) => revision.deployed >= 0);
    const [oldest, ...rest] = later;
    if (deployed.length > 0 || oldest === undefined) return { deployed, later };
    return { deployed: [{ ...oldest, deployed: -86_400_000 }], later: rest };
  }

  /** The service as the run finds it: deployed long ago, all tasks healthy, an hour of metrics. */
  #settle(): void {
    const { spec } = this;
    const past = this.#random.fork('past');
    const { deployed } = this.#revisions;
    for (const revision of deployed) {
      const at = this.#start + revision.deployed;
      const finished = Math.min(at + pastDeploymentTook, this.#start - 1000);
      this.rollouts.adopt(this.releases.broughtIn(revision), at, finished, spec.startup);
    }
    const running = deployed.at(-1);
    for (let task = 0; running !== undefined && task < spec.tasks; task++) {
      const at = this.#start + running.deployed + Math.round(past.between(15_000, 60_000));
      this.fleet.adopt(this.rollouts.wanted, Math.min(at, this.#start));
    }
    const typical = this.#latency.percentile(shareOf(spec.settings.latencyPercentile), 1);
    for (let minute = 1 - pastMinutes; minute <= 0; minute++) {
      const end = this.#start + minute * metricMinute;
      const groups = this.fleet.groups.map(() => pastDatapoints(spec, typical, past));
      const service = serviceDatapoints(spec, spec.tasks, this.fleet.tasks, spec.traffic[0]?.rate ?? 0, past);
      this.metrics.add({ end, arrives: end + 60_000, groups, service });
    }
  }
}
