import type { Random } from '../random.ts';
import type { AccountSpec, AccountTraits } from './service-spec.ts';

/** How long after it was taken out a target is registered again, at the least and at the most, in ms. */
const [soonest, latest] = [5000, 120_000];

/** What the account does to a service: where it is left open, the seed decides. */
export const traitsOf = (account: AccountSpec, random: Random): AccountTraits => ({
  ...account,
  reregisters: account.reregisters === undefined ? reregistersIn(random.fork('reregisters')) : account.reregisters,
  forcePassesRoles: account.forcePassesRoles ?? random.fork('force passes roles').next() < 0.5,
  sidecar: account.sidecar ?? random.fork('sidecar').next() < 0.5,
});

/** That ECS does it a user reports, and when no page says (https://github.com/aws/containers-roadmap/issues/251). */
const reregistersIn = (random: Random): number | null =>
  random.next() < 0.5 ? null : Math.round(random.between(soonest, latest));
