import type { Random } from '../random.ts';
import type { AccountSpec, AccountTraits } from './service-spec.ts';

/** What the account does to a service: where it is left open, the seed decides. */
export const traitsOf = (account: AccountSpec, random: Random): AccountTraits => ({
  ...account,
  sidecar: account.sidecar ?? random.fork('sidecar').next() < 0.5,
});
