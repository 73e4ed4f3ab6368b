import { z } from 'zod';
import { policyDefaults } from './defaults.ts';
import { duration } from './duration.ts';
import { field } from './field.ts';
import { rate, share } from './units.ts';

const d = policyDefaults;

/** How far Paramedic may go with one service. */
export const limitsConfig = z.strictObject({
  minHealthyTargets: field(
    z.strictObject({
      count: field(z.int().min(1), 'At least this many.', d.limits.minHealthyTargets.count),
      share: field(share, 'And at least this share of the desired count.', d.limits.minHealthyTargets.share),
    }),
    'Healthy targets that must remain when one is taken out.',
  ),
  maxShareDisrupted: field(
    z.strictObject({
      count: field(
        z.int().min(0),
        'Below ten tasks: this many; 0 lets none be taken out.',
        d.limits.maxShareDisrupted.count,
      ),
      share: field(share, 'From ten tasks on: this share of them.', d.limits.maxShareDisrupted.share),
    }),
    'Tasks that may be out at once through what Paramedic does.',
  ),
  cooldown: field(duration, 'Rest after an incident that was treated, before the next is.', d.limits.cooldown),
  repeatLimit: field(
    z.strictObject({
      count: field(z.int().min(1), 'Treatments.', d.limits.repeatLimit.count),
      within: field(duration, 'Within this time.', d.limits.repeatLimit.within),
    }),
    'How often a service may be treated before a person must look.',
  ),
  survivorLoad: field(
    z.strictObject({
      capacityPerTask: field(
        rate,
        'What one task can carry, such as 60/s. Without it the CPU of the service is looked at.',
      ),
      most: field(share, 'Share of it that the tasks that remain may be loaded to.', d.limits.survivorLoad.most),
    }),
    'How much the tasks that remain may have to carry when one is taken out.',
  ),
  commonCause: field(
    z.strictObject({
      share: field(share, 'Share of the tasks.', d.limits.commonCause.share),
    }),
    'From how many sick tasks on they have a cause in common, and taking single ones out is no answer.',
  ),
  failures: field(
    z.strictObject({
      count: field(z.int().min(1), 'Acts that failed or made it worse.', d.limits.failures.count),
      blockFor: field(duration, 'For how long nothing is done then.', d.limits.failures.blockFor),
    }),
    'How many acts may fail before the service is left alone for a while.',
  ),
  ineffective: field(
    z.strictObject({
      count: field(z.int().min(1), 'Acts without effect.', d.limits.ineffective.count),
      within: field(duration, 'Within this time.', d.limits.ineffective.within),
    }),
    'How many acts may have no effect before a person must look.',
  ),
  takeOutAgain: field(
    z.strictObject({ count: field(z.int().min(0), 'Times.', d.limits.takeOutAgain.count) }),
    'How often a target that ECS registers again is taken out once more, before a person must look.',
  ),
  ban: field(
    z.strictObject({
      first: field(duration, 'Times how often it was undone.', d.limits.ban.first),
      most: field(duration, 'At most.', d.limits.ban.most),
      decayEvery: field(duration, 'One time less for so long without an incident.', d.limits.ban.decayEvery),
    }),
    'How long an act that was undone is not done again to the same subject.',
  ),
});

/** How far it may go over all services together. */
export const fleetConfig = z.strictObject({
  velocity: field(
    z.strictObject({ most: field(z.int().min(1).max(100), 'At most.', d.fleet.velocity.most) }),
    'Acts in flight at once: one at first, twice as many with each that is verified, one again after the first that fails.',
  ),
  errorBudget: field(
    z.strictObject({
      share: field(share, 'Share of the verified acts that may fail.', d.fleet.errorBudget.share),
      atLeast: field(z.int().min(1), 'Verified acts it takes to tell.', d.fleet.errorBudget.atLeast),
      within: field(duration, 'Within this time.', d.fleet.errorBudget.within),
    }),
    'How often Paramedic may be wrong before it only observes.',
  ),
  manyServices: field(
    z.strictObject({
      count: field(z.int().min(1), 'More services than this,', d.fleet.manyServices.count),
      share: field(share, 'and than this share of all,', d.fleet.manyServices.share),
      within: field(duration, 'with new incidents within this time.', d.fleet.manyServices.within),
      afterActs: field(
        duration,
        'Trouble so soon after an act on a service it shares something with counts against acting.',
        d.fleet.manyServices.afterActs,
      ),
    }),
    'When so many services are in trouble at once that nothing is changed.',
  ),
});
