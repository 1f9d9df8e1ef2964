import { termsOf } from '#lib/plan/nodes/commitment';
import type { Member } from '#lib/portfolio/member';
import type { OptionSite } from '#lib/portfolio/fleets/option-cost';

/**
 * Whether an option costs its members together no less than any of them, and what is the others' own: then what a part
 * costs bounds the whole from below (docs/method.md has the proof). Additions to a fleet whose nodes come and go, or are
 * bought for a term beside a base, are bought in the proportions of the deployed fleet, and a term that outlives the
 * horizon is chosen by its undiscounted price: there one scenario more may change the proportions and save a little.
 */
export function isMonotone(option: OptionSite, members: readonly (Member | null)[]): boolean {
  const { commitment, scaling, market } = option;
  if (commitment !== 'none' && termsOf(option).some(({ months }) => months > market.horizonMonths))
    return false;
  if (commitment === 'none' && scaling.policy === 'fixed') return true;
  return members.every((member) => member === null || member.plan.growth === undefined);
}
