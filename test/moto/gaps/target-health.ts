import { type TargetRef, targetKey } from '../../../lambdas/contract/targets.ts';
import type { Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { xmlReply } from '../harness/replies.ts';
import { askElb, elbAnswer, groupSettings, registeredBy, targetsIn } from './elb-wire.ts';
import type { PlayedClock } from './played-clock.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
const reasons = {
  initial: 'Elb.InitialHealthChecking',
  healthy: undefined,
  unhealthy: 'Target.ResponseCodeMismatch',
  unused: 'Target.NotInUse',
  unavailable: 'Elb.InternalError',
  draining: 'Target.DeregistrationInProgress',
} as const;

type State = keyof typeof reasons;
type Draining = { readonly target: TargetRef; readonly until: number };

/**
 * Target health beyond moto's, which calls every target healthy: states, anomaly results and zonal shifts that a test sets, and
 * `draining` until the target group's deregistration delay has passed. A target that is not registered under that very
 * port is deregistered without an error and without effect (moto looks at the id alone, and refuses unknown ids).
 * moto keeps one port for an id, so there cannot be two targets on one address.
 */
export class TargetHealth implements Gap {
  readonly operations = [
    'elasticloadbalancing.DescribeTargetHealth',
    'elasticloadbalancing.RegisterTargets',
    'elasticloadbalancing.DeregisterTargets',
  ];
  readonly because = 'health states, anomaly results, zonal shifts, draining, and which port is meant';
  readonly #clock: PlayedClock;
  readonly #states = new Map<string, State>();
  readonly #anomalies = new Map<string, 'normal' | 'anomalous'>();
  readonly #draining = new Map<string, Draining>();
  readonly #shifted = new Set<string>();

  constructor(clock: PlayedClock) {
    this.#clock = clock;
  }

  /** What health checks find from now on; `healthy` unless set. */
  set(target: TargetRef, state: Exclude<State, 'draining'>): void {
    this.#states.set(targetKey(target), state);
  }

  /** What the comparison of error rates finds from now on; `normal` unless set. */
  find(target: TargetRef, result: 'normal' | 'anomalous'): void {
    this.#anomalies.set(targetKey(target), result);
  }

  /** A zonal shift keeps traffic away from the target; its health is another matter. */
  shift(target: TargetRef): void {
    this.#shifted.add(targetKey(target));
  }

  /** The deregistration delay of all targets has passed. */
  endDraining(): void {
    this.#draining.clear();
  }

  readonly answer = async ({ operation, body }: Asked, forward: Forward): Promise<Reply | undefined> => {
    const form = body as Readonly<Record<string, string>>;
    if (operation.endsWith('.DescribeTargetHealth')) return this.#describe(form, forward);
    if (operation.endsWith('.RegisterTargets')) return this.#register(form, forward);
    return this.#deregister(form, forward);
  };

  async #register(form: Readonly<Record<string, string>>, forward: Forward): Promise<Reply> {
    const reply = await forward();
    if (reply.status !== 200 || this.#draining.size === 0) return reply;
    const targetGroup = form.TargetGroupArn ?? '';
    const settings = await groupSettings(targetGroup, forward);
    for (const target of targetsIn(form, targetGroup, settings?.port ?? 0)) this.#draining.delete(targetKey(target));
    return reply;
  }

  async #deregister(form: Readonly<Record<string, string>>, forward: Forward): Promise<Reply> {
    const targetGroup = form.TargetGroupArn ?? '';
    const settings = await groupSettings(targetGroup, forward);
    // moto's own refusal of a target group that is not there.
    if (settings === undefined) return forward();
    const asked = targetsIn(form, targetGroup, settings.port).map(targetKey);
    const registered = registeredBy(await askElb(forward, 'DescribeTargetHealth', targetGroup), targetGroup);
    const leaving = registered.filter((one) => asked.includes(targetKey(one)));
    if (leaving.length === 0) return xmlReply(elbAnswer('DeregisterTargets', ''));
    const reply = await askElb(forward, 'DeregisterTargets', targetGroup, leaving);
    const until = this.#clock.now() + settings.deregistrationDelay;
    for (const target of leaving) this.#draining.set(targetKey(target), { target, until });
    return reply;
  }

  async #describe(form: Readonly<Record<string, string>>, forward: Forward): Promise<Reply> {
    const targetGroup = form.TargetGroupArn ?? '';
    // Single targets are asked for by nobody here; moto answers for itself.
    if ('Targets.member.1.Id' in form) return forward();
    const reply = await forward();
    if (reply.status !== 200) return reply;
    const anomaly = Object.entries(form).some(
      ([name, value]) => name.startsWith('Include.member') && (value === 'AnomalyDetection' || value === 'All'),
    );
    const now = this.#clock.now();
    const draining = [...this.#draining.values()].filter(
      ({ target, until }) => target.targetGroup === targetGroup && until > now,
    );
    const members = [
      ...registeredBy(reply, targetGroup).map((target) =>
        this.#member(target, this.#states.get(targetKey(target)) ?? 'healthy', anomaly),
      ),
      ...draining.map(({ target }) => this.#member(target, 'draining', anomaly)),
    ];
    const inner = `<TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions>`;
    return xmlReply(elbAnswer('DescribeTargetHealth', inner));
  }

  #member(target: TargetRef, state: State, anomaly: boolean): string {
    const reason = reasons[state];
    const override = this.#shifted.has(targetKey(target)) ? 'zonal_shift_active' : 'no_override';
    const result = state === 'healthy' ? (this.#anomalies.get(targetKey(target)) ?? 'normal') : 'normal';
    return (
      `<member><Target><Id>${target.id}</Id><Port>${target.port}</Port></Target><HealthCheckPort>traffic-port</HealthCheckPort>` +
      `<TargetHealth><State>${state}</State>${reason === undefined ? '' : `<Reason>${reason}</Reason>`}</TargetHealth>` +
      (anomaly
        ? `<AnomalyDetection><Result>${result}</Result><MitigationInEffect>no</MitigationInEffect></AnomalyDetection>`
        : '') +
      `<AdministrativeOverride><State>${override}</State></AdministrativeOverride></member>`
    );
  }
}
