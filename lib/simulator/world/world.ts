import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';
import type { VirtualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { AwsError } from './aws-error.ts';
import { EventBus } from './event-bus.ts';
import { Service } from './service.ts';
import type { ServiceSpec } from './service-spec.ts';

/** One change somebody asked AWS for through its APIs. `kind` is a change of the permissions table. */
export type WorldChange = {
  readonly at: Instant;
  readonly service: string;
  readonly kind: string;
  readonly subject: string;
  readonly by: string;
};

/** A simulated AWS account: services behind load balancers, and what AWS does to them by itself. It knows no doctor. */
export class World {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly services: readonly Service[];
  readonly bus: EventBus;
  /** The instant of second 0. */
  readonly startedAt: Instant;
  /** Every change that was asked for, oldest first. */
  readonly changes: WorldChange[] = [];
  readonly #byId: ReadonlyMap<string, Service>;

  /** The clock must stand at a full minute. */
  constructor(clock: VirtualClock, random: Random, specs: readonly ServiceSpec[]) {
    this.clock = clock;
    this.random = random;
    this.startedAt = clock.now();
    this.bus = new EventBus(clock, random.fork('bus'));
    this.services = specs.map((spec) => new Service(spec, clock, random.fork(`service ${spec.id}`)));
    this.#byId = new Map(this.services.map((service) => [service.id, service]));
  }

  /** Throws for a service that is not there. */
  service(id: string): Service {
    const found = this.#byId.get(id);
    if (found === undefined) throw new AwsError('ServiceNotFoundException', `There is no service "${id}".`);
    return found;
  }

  /** Hands every EventBridge event to the listener when it is delivered. */
  onEvent(listener: (event: unknown) => void): void {
    this.bus.listen(listener);
  }

  /** Lets the world begin to move; time itself passes when the clock runs. */
  start(): void {
    for (const service of this.services) service.start(this.bus);
    this.#pass(0);
  }

  /** One second for everybody: what happens at a full minute concerns the minute that has just ended. */
  #pass(second: number): void {
    this.clock.tick(this.startedAt + second * 1000, () => {
      if (second > 0 && (second * 1000) % metricMinute === 0) this.#closeMinute();
      for (const service of this.services) service.pass(second);
      this.#pass(second + 1);
    });
  }

  /** HTTPCode_ELB_* has no target group: services behind one load balancer share it. */
  #closeMinute(): void {
    const own = new Map<string, number>();
    for (const service of this.services) {
      const { loadBalancer } = service.spec;
      own.set(loadBalancer, (own.get(loadBalancer) ?? 0) + service.ownErrors());
    }
    for (const service of this.services) service.closeMinute(own.get(service.spec.loadBalancer) ?? 0);
  }
}
