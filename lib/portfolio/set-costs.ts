import type { LineContext } from '#lib/cash/line-context';
import type { Candidates } from '#lib/portfolio/candidates';
import { serverWeeks } from '#lib/portfolio/free-gpus';
import { jointCosts, ROUNDING, type Together } from '#lib/portfolio/joint-costs';
import type { Member } from '#lib/portfolio/member';
import { isMonotone } from '#lib/portfolio/monotone';
import { optionCosts, ownCosts } from '#lib/portfolio/option-cost';
import { NO_MONEY, type OptionCost } from '#lib/portfolio/priced-fleet';
import { matchTrainings } from '#lib/portfolio/training-match';
import type { TrainingWork } from '#lib/portfolio/training-work';

/** Money of an option for a set of items (bits: scenarios, then trainings), remembered: several searches ask for them. */
export type SetCosts = (option: number, set: number) => OptionCost;
/** The same for a list of items. */
export type ListCosts = (option: number, items: readonly number[]) => Together;

/** Both, of the same candidates: limits leave some of them out and change no cost. */
export interface PortfolioCosts {
  readonly ofSet: SetCosts;
  readonly ofItems: ListCosts;
}

export function portfolioCosts(candidates: Candidates, context: LineContext): PortfolioCosts {
  const ofItems = listCosts(candidates, context);
  const known = candidates.options.map(() => new Map<number, OptionCost>());
  const ofSet: SetCosts = (option, set) => {
    const found = known[option]?.get(set);
    if (found !== undefined) return found;
    const { monthlyUsd, upfrontUsd } = ofItems(option, itemsIn(set));
    const cost = { monthlyUsd, upfrontUsd };
    known[option]?.set(set, cost);
    return cost;
  };
  return { ofSet, ofItems };
}

/** Serving on the nodes that are cheapest for all together, and what of the trainings its free hours do not take. */
function listCosts(candidates: Candidates, context: LineContext): ListCosts {
  const { scenarios, options, members, works, keepsUpfront = false } = candidates;
  const together = options.map((option, index) => {
    const own = ownCosts(option, context);
    return jointCosts(members[index] ?? [], {
      costOf: optionCosts(option, context),
      ownUsd: (member) => own(member).monthlyUsd,
      isMonotone: isMonotone(option, members[index] ?? []),
      keepsUpfront,
    });
  });
  const weeks = options.map((option) => serverWeeks(option, context.prices));
  const switchHours = works.length === 0 ? 0 : context.prices.assumption('training.switch-hours').base;
  return (option, items) => {
    const own: Member[] = [];
    const trained: TrainingWork[] = [];
    for (const item of items) {
      const member = members[option]?.[item] ?? null;
      const work = works[item - scenarios.length];
      if (member !== null) own.push(member);
      if (work !== undefined) trained.push(work);
    }
    const joint = together[option];
    if (joint === undefined) return { ...NO_MONEY, ways: own };
    if (trained.length === 0) return joint.cheapest(own);
    const besideTrainings = ({ ways, ...cost }: Together): Together => {
      const placed = matchTrainings(trained, weeks[option]?.(ways) ?? [], switchHours);
      const boughtUsd = placed.reduce((usd, one) => usd + one.boughtUsd, 0);
      return { ...cost, ways, monthlyUsd: cost.monthlyUsd + boughtUsd };
    };
    return joint
      .all(own)
      .map(besideTrainings)
      .reduce((a, b) => (b.monthlyUsd < a.monthlyUsd - ROUNDING ? b : a));
  };
}

function itemsIn(set: number): number[] {
  const items: number[] = [];
  for (let left = set; left > 0; left &= left - 1) items.push(31 - Math.clz32(left & -left));
  return items;
}
