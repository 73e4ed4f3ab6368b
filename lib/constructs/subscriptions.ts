import type { Recovery, ServicePlan } from '../config/recovery.ts';

/** Which messages of a topic one address gets: those of these services, or all. */
export type Subscription = { readonly email: string; readonly services: readonly string[] | 'all' };

/** SNS allows 150 values in a filter (https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html); one is for summaries. */
export const mostServices = 149;

const owned = (recovery: Recovery, owner: string): readonly ServicePlan[] =>
  recovery.services.filter(({ settings }) => settings.owner === owner);

/**
 * Who gets what of an owner's topic, one subscription per address: SNS knows an address once per topic. The owner's
 * addresses get everything; those of a service's `notify` what concerns it, and summaries, which speak of many services.
 */
export function subscriptionsOf(recovery: Recovery, owner: string): readonly Subscription[] {
  const everything = new Set(recovery.owners[owner]?.email ?? []);
  const some = servicesByAddress(owned(recovery, owner), (plan) =>
    plan.notify.filter((email) => !everything.has(email)),
  );
  return [...[...everything].map((email): Subscription => ({ email, services: 'all' })), ...some];
}

/** The same for one topic that all owners share: an owner's addresses get what concerns the owner's services. */
export const sharedSubscriptions = (recovery: Recovery): readonly Subscription[] =>
  servicesByAddress(recovery.services, ({ settings, notify }) => [
    ...(recovery.owners[settings.owner]?.email ?? []),
    ...notify,
  ]);

function servicesByAddress(
  services: readonly ServicePlan[],
  addressesOf: (plan: ServicePlan) => readonly string[],
): readonly Subscription[] {
  const byAddress = new Map<string, string[]>();
  for (const plan of services)
    for (const email of new Set(addressesOf(plan)))
      byAddress.set(email, [...(byAddress.get(email) ?? []), plan.settings.id]);
  return [...byAddress].map(([email, ids]) => ({ email, services: ids.length > mostServices ? 'all' : ids }));
}

/** The filter that SNS applies to the attributes of a message (https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html). */
export const filterPolicy = ({ services }: Subscription): object | undefined =>
  services === 'all' ? undefined : { $or: [{ service: services }, { kind: ['summary'] }] };
