/** Notes that something at `path` is wrong: one sentence, without naming the path. */
type Refuse = (path: readonly PropertyKey[], says: string) => void;
/** Moments are ms after the start; before it they are negative. */
type Service = {
  readonly tasks: number;
  readonly zones: number;
  readonly traffic?: readonly { readonly at: number }[] | undefined;
  readonly revisions: readonly { readonly id: string; readonly deployed: number }[];
  readonly recovery?: { readonly signals?: readonly OwnAlarm[] | undefined } | undefined;
};
type OwnAlarm = { readonly alarm: string; readonly match?: 'exact' | 'prefix' | undefined };
type Fault = { readonly at: number; readonly until?: number | undefined; readonly service?: string | undefined };
type Checked = {
  readonly duration: number;
  readonly services: Readonly<Record<string, Service>>;
  readonly faults: readonly Fault[];
  readonly expect: { readonly inService?: Readonly<Record<string, unknown>> | undefined };
};

const day = 86_400_000;
/** What a typing error such as 40d for 40m should not start: a run that takes hours. */
const longest = 7 * day;
const units = { d: day, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** Milliseconds as people write them, in the largest unit that keeps them whole: `5m`, `-7d`. */
function written(millis: number): string {
  if (millis === 0) return '0m';
  const unit = Object.entries(units).find(([, length]) => millis % length === 0);
  return unit === undefined ? `${millis}ms` : `${millis / unit[1]}${unit[0]}`;
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What no single field of a scenario can tell: do its parts fit together? */
export function checkScenario({ duration, services, faults, expect }: Checked, refuse: Refuse): void {
  if (duration > longest) refuse(['duration'], `${written(duration)} is too long; allowed is at most 7d.`);
  if (Object.keys(services).length === 0) refuse(['services'], 'no service is named; at least one is needed.');
  for (const [id, service] of Object.entries(services)) {
    checkTraffic(service, ['services', id, 'traffic'], refuse);
    checkRevisions(service, ['services', id, 'revisions'], refuse);
  }
  for (const [index, fault] of faults.entries()) {
    const path = ['faults', index];
    checkTimes(fault, duration, path, refuse);
    checkPlace(fault, services, path, refuse);
    checkAlarm(fault, services, path, refuse);
  }
  for (const id of Object.keys(expect.inService ?? {}))
    if (!(id in services))
      refuse(['expect', 'inService', id], `there is no service "${id}"; there is ${Object.keys(services).join(', ')}.`);
}

function checkTraffic({ traffic = [] }: Service, path: readonly PropertyKey[], refuse: Refuse): void {
  for (const [index, { at }] of traffic.entries()) {
    const before = traffic[index - 1];
    if (before !== undefined && at <= before.at)
      refuse([...path, index, 'at'], `${written(at)} is not later than the step before it, ${written(before.at)}.`);
  }
}

function checkRevisions({ revisions }: Service, path: readonly PropertyKey[], refuse: Refuse): void {
  for (const [index, { id, deployed }] of revisions.entries()) {
    const before = revisions[index - 1];
    if (before !== undefined && deployed < before.deployed)
      refuse(
        [...path, index, 'deployed'],
        `${written(deployed)} is before the revision above it, ${written(before.deployed)}; the oldest comes first.`,
      );
    if (revisions.findIndex((other) => other.id === id) < index)
      refuse([...path, index, 'id'], `there are two revisions ${id}; each has an id of its own.`);
  }
  if (revisions.every(({ deployed }) => deployed >= 0))
    refuse(path, 'none is deployed before the start; give one with a negative time such as -7d.');
}

function checkTimes({ at, until }: Fault, duration: number, path: readonly PropertyKey[], refuse: Refuse): void {
  if (at < 0 || at >= duration)
    refuse(
      [...path, 'at'],
      `${written(at)} is not within the duration; allowed is from 0m to less than ${written(duration)}.`,
    );
  if (until !== undefined && until <= at)
    refuse([...path, 'until'], `${written(until)} is too early; it must be later than \`at\`, ${written(at)}.`);
}

/** Does what the fault strikes exist: its service, as many tasks, its zone? */
function checkPlace(fault: Fault, services: Checked['services'], path: readonly PropertyKey[], refuse: Refuse): void {
  const { service: id } = fault;
  const names = Object.keys(services);
  if (id !== undefined && names.length > 0 && !names.includes(id))
    refuse([...path, 'service'], `there is no service "${id}"; there is ${names.join(', ')}.`);
  const struck = Object.entries(services).filter(([name]) => id === undefined || name === id);
  if (struck.length === 0) return;
  const who = id ?? 'the largest service';
  const tasks: unknown = Reflect.get(fault, 'tasks');
  const most = Math.max(...struck.map(([, service]) => service.tasks));
  if (typeof tasks === 'number' && tasks > most)
    refuse([...path, 'tasks'], `${tasks} is too many; ${who} has ${some(most, 'task')}.`);
  const zone: unknown = Reflect.get(fault, 'zone');
  const zones = 'abcdef'.slice(0, Math.max(...struck.map(([, service]) => service.zones)));
  if (typeof zone === 'string' && !zones.includes(zone))
    refuse([...path, 'zone'], `${zone} is no zone of ${id ?? 'any service'}; there is ${[...zones].join(', ')}.`);
}

/** Is the alarm that changes its state one that the service listens to? */
function checkAlarm(fault: Fault, services: Checked['services'], path: readonly PropertyKey[], refuse: Refuse): void {
  const alarm: unknown = Reflect.get(fault, 'alarm');
  const service = services[fault.service ?? ''];
  if (typeof alarm !== 'string' || service === undefined) return;
  const signals = service.recovery?.signals ?? [];
  const listed = signals.some((one) => (one.match === 'prefix' ? alarm.startsWith(one.alarm) : alarm === one.alarm));
  const there = signals.length === 0 ? 'none is' : `there is ${signals.map((one) => one.alarm).join(', ')}`;
  if (!listed) refuse([...path, 'alarm'], `"${alarm}" is not listed under signals: of ${fault.service}; ${there}.`);
}
