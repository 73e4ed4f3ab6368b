import { counted } from '../../contract/text.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Standing } from '../../model/facts.ts';
import { mean } from './statistics.ts';

/**
 * So many facts of one kind are named, the worst first, and so many sick tasks. A diagnosis stands several times over in what one lap
 * writes, and all checkpoints of an incident may come to 100 MB, an item of the ledger to 400 KB, however many tasks a service has
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#durable-functions-quotas,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
 */
const mostNamed = 10;

/** The same diagnosis, with the worst named and the rest counted. */
export function concise(diagnosis: Diagnosis, standing: Standing): Diagnosis {
  const short = {
    ...diagnosis,
    because: shortened(diagnosis.because),
    against: shortened(diagnosis.against),
  };
  if (short.kind !== 'sick-target' || short.sick.length <= mostNamed) return short;
  const { sick } = short;
  return {
    ...short,
    sick: sick.slice(0, mostNamed),
    count: sick.length,
    because: [...short.because, counts(diagnosis.because, sick, standing)],
  };
}

/** The first of each kind, and of those that are left out how many they are. */
function shortened(facts: readonly Evidence[]): readonly Evidence[] {
  const seen = new Map<Evidence['kind'], number>();
  const kept = facts.filter(({ kind }) => {
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return before < mostNamed;
  });
  const cut = [...seen].filter(([, all]) => all > mostNamed);
  return [
    ...kept,
    ...cut.flatMap(([of, all]) => {
      const last = facts.findLast(({ kind }) => kind === of);
      if (last === undefined) return [];
      const says = `${counted(all - mostNamed, 'more fact')} like that.`;
      return [{ kind: 'Shortened', source: last.source, at: last.at, of, all, says } as const];
    }),
  ];
}

/** What must be known of sick tasks that are not named. */
function counts(
  because: readonly Evidence[],
  sick: Extract<Diagnosis, { kind: 'sick-target' }>['sick'],
  { tasks, at }: Standing,
): Evidence {
  const named = new Set(sick.slice(0, mostNamed).map(({ task }) => task));
  const all = new Set(sick.map(({ task }) => task));
  const byZone: Record<string, number> = {};
  for (const { task, zone } of tasks) if (zone !== null && all.has(task.task)) byZone[zone] = (byZone[zone] ?? 0) + 1;
  const shares = because.flatMap((fact) => (fact.kind === 'TaskSlow' && !named.has(fact.task) ? [fact.share] : []));
  return {
    kind: 'TasksSick',
    source: 'ecs',
    at,
    tasks: sick.length,
    byZone,
    unnamed: { tasks: sick.length - named.size, slow: mean(shares) ?? 0 },
    says: `${counted(sick.length, 'task')} are sick; the ${named.size} worst of them are named.`,
  };
}
