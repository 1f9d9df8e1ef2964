import type { LineContext } from '#lib/cost/line-context';
import type { Candidates } from '#lib/portfolio/candidates';
import { serverWeeks } from '#lib/portfolio/free-gpus';
import type { Member } from '#lib/portfolio/member';
import { optionCosts } from '#lib/portfolio/option-cost';
import { NO_MONEY, type OptionCost } from '#lib/portfolio/priced-fleet';
import { matchTrainings } from '#lib/portfolio/training-match';

/** Money of an option for a set of items (bits: scenarios, then trainings), remembered: several searches ask for them. */
export type SetCosts = (option: number, set: number) => OptionCost;
/** The same for a list of items. */
export type ListCosts = (option: number, items: readonly number[]) => OptionCost;

export function setCosts(candidates: Candidates, context: LineContext): SetCosts {
  const costs = listCosts(candidates, context);
  const known = candidates.options.map(() => new Map<number, OptionCost>());
  return (option, set) => {
    const found = known[option]?.get(set);
    if (found !== undefined) return found;
    const cost = costs(option, itemsIn(set));
    known[option]?.set(set, cost);
    return cost;
  };
}

/** Serving, and what of the trainings its free hours do not take. */
export function listCosts(candidates: Candidates, context: LineContext): ListCosts {
  const { scenarios, options, members, works } = candidates;
  const serving = options.map((option) => optionCosts(option, context));
  const weeks = options.map((option) => serverWeeks(option, context.prices));
  const switchHours = works.length === 0 ? 0 : context.prices.assumption('training.switch-hours').base;
  return (option, items) => {
    const own: Member[] = [];
    const trained = [];
    for (const item of items) {
      const member = members[option]?.[item] ?? null;
      const work = works[item - scenarios.length];
      if (member !== null) own.push(member);
      if (work !== undefined) trained.push(work);
    }
    const cost = serving[option]?.(own) ?? NO_MONEY;
    if (trained.length === 0) return cost;
    const placed = matchTrainings(trained, weeks[option]?.(own) ?? [], switchHours);
    const boughtUsd = placed.reduce((usd, one) => usd + one.boughtUsd, 0);
    return { ...cost, monthlyUsd: cost.monthlyUsd + boughtUsd };
  };
}

function itemsIn(set: number): number[] {
  const items: number[] = [];
  for (let left = set; left > 0; left &= left - 1) items.push(31 - Math.clz32(left & -left));
  return items;
}
