import type { LineContext } from '#lib/cash/line-context';
import type { Candidates } from '#lib/portfolio/candidates';
import { cheapestMix, type MixAnswer, type Together } from '#lib/portfolio/mixes/cheapest-mix';
import { serverWeeks } from '#lib/portfolio/training/free-gpus';
import { decisiveParts, leastLoads, leastTogether, type LeastLoad } from '#lib/portfolio/search/least-load';
import { likelyMixes } from '#lib/portfolio/mixes/likely-mixes';
import type { Member } from '#lib/portfolio/member';
import { isMonotone } from '#lib/portfolio/search/monotone';
import { optionCosts } from '#lib/portfolio/fleets/option-cost';
import { NO_MONEY, type OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { rememberedLists } from '#lib/portfolio/fleets/remembered-lists';
import { matchTrainings } from '#lib/portfolio/training/training-match';
import type { TrainingWork } from '#lib/portfolio/training/training-work';

/** Parts of mixes that are priced for one set in the exact search, and for one list in the local search. */
const MOST_PRICED = { exact: 20_000, local: 100 } as const;

/** What options cost for sets of items (scenarios, then trainings), remembered: several searches ask for them. */
export interface PortfolioCosts {
  /** The cheapest mix for a set (bits) that costs less than a limit, USD/month. */
  readonly ofSet: (option: number, set: number, below: number) => MixAnswer;
  /** The mix of their own ways for a set. */
  readonly ofOwnWays: (option: number, set: number) => OptionCost;
  /** A good mix for a list of items. */
  readonly ofItems: (option: number, items: readonly number[]) => Together;
  /** One way of a member and nobody beside it. */
  readonly ofWay: (option: number, way: Member) => OptionCost;
  /** Each way of a member by what it costs at the very least. */
  readonly loadOf: (option: number, way: Member) => LeastLoad;
  readonly isMonotone: (option: number) => boolean;
}

/** Of candidates: limits leave some of them out and change no cost. */
export function portfolioCosts(candidates: Candidates, context: LineContext): PortfolioCosts {
  const loads = candidates.options.map((site, option) => {
    const leastOf = leastLoads(site, context);
    const ways = (candidates.members[option] ?? []).flatMap((member) =>
      member === null ? [] : [member, ...(member.elsewhere ?? [])],
    );
    return new Map(ways.map((way) => [way, leastOf(way)]));
  });
  const decisive = decisiveParts(loads.flatMap((own) => [...own.values()]));
  const options = candidates.options.map((_, option) => {
    const own = new Map([...(loads[option] ?? [])].map(([way, load]) => [way, decisive(load)]));
    const loadOf = (way: Member) => {
      const load = own.get(way);
      if (load === undefined) throw new Error('no such way to stand');
      return load;
    };
    return optionMixes(candidates, option, { loadOf, context });
  });
  return {
    ofSet: (option, set, below) => options[option]?.ofSet(set, below) ?? NO_ANSWER,
    ofOwnWays: (option, set) => options[option]?.ofOwnWays(set) ?? NO_MONEY,
    ofItems: (option, items) => options[option]?.ofItems(items) ?? NOTHING,
    ofWay: (option, way) => options[option]?.ofWay(way) ?? NO_MONEY,
    loadOf: (option, way) => {
      const load = options[option]?.loadOf(way);
      if (load === undefined) throw new Error('no such option');
      return load;
    },
    isMonotone: (option) => options[option]?.isMonotone === true,
  };
}

const NO_ANSWER: MixAnswer = { best: null, isProven: true };
const NOTHING: Together = { ...NO_MONEY, ways: [] };

function optionMixes(
  candidates: Candidates,
  index: number,
  { loadOf, context }: { readonly loadOf: (way: Member) => LeastLoad; readonly context: LineContext },
) {
  const { scenarios, options, works, keepsUpfront = false } = candidates;
  const option = options[index];
  if (option === undefined) throw new Error('no such option');
  const all = candidates.members[index] ?? [];
  const paid = candidates.paidOnce?.get(option.optionId) ?? NO_MONEY;
  const withPaid = optionCosts(option, context);
  const costOf = rememberedLists((own: readonly Member[]): OptionCost => {
    const { monthlyUsd, upfrontUsd } = withPaid(own);
    return { monthlyUsd: monthlyUsd - paid.monthlyUsd, upfrontUsd: upfrontUsd - paid.upfrontUsd };
  });
  const prices = { costOf, loadOf, isMonotone: isMonotone(option, all) };
  const likely = likelyMixes(all);
  const size = new Map(all.flatMap((one) => (one === null ? [] : [[one, leastTogether([loadOf(one)])]])));
  const weeksOf = serverWeeks(option, context.prices);
  const switchHours = works.length === 0 ? 0 : context.prices.assumption('training.switch-hours').base;
  const membersOf = (items: readonly number[]) =>
    items.flatMap((item) => all[item] ?? []).toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0));
  const ask = (items: readonly number[], below: number, most: number): MixAnswer => {
    const members = membersOf(items);
    const trained = items.flatMap((item) => works[item - scenarios.length] ?? []);
    const beside = (mix: Together): Together => besideTrainings(mix, trained);
    if (members.length === 0) {
      const alone = beside(NOTHING);
      return { best: alone.monthlyUsd < below ? alone : null, isProven: true };
    }
    const asks = keepsUpfront ? costOf(members).upfrontUsd : Infinity;
    const finished = (mix: Together) => (mix.upfrontUsd > asks ? null : beside(mix));
    const answer = cheapestMix({ members, likely: likely(members), below, finished, most }, prices);
    return { ...answer, best: answer.best === null ? null : inOrder(answer.best, items, all) };
  };
  const besideTrainings = (mix: Together, trained: readonly TrainingWork[]): Together => {
    if (trained.length === 0) return mix;
    const placed = matchTrainings(trained, weeksOf(mix.ways), switchHours);
    const boughtUsd = placed.reduce((usd, one) => usd + one.boughtUsd, 0);
    return { ...mix, monthlyUsd: mix.monthlyUsd + boughtUsd };
  };
  const known = new Map<number, MixAnswer & { readonly below: number }>();
  const lists = new Map<string, Together>();
  return {
    loadOf,
    ofWay: (way: Member) => costOf([way]),
    isMonotone: prices.isMonotone,
    ofOwnWays: (set: number): OptionCost => {
      const members = membersOf(itemsIn(set));
      return members.length === 0 ? NO_MONEY : costOf(members);
    },
    ofSet: (set: number, below: number): MixAnswer => {
      const found = known.get(set);
      if (found !== undefined && (found.best !== null || found.below >= below)) return found;
      const answer = ask(itemsIn(set), below, MOST_PRICED.exact);
      known.set(set, { ...answer, below });
      return answer;
    },
    ofItems: (items: readonly number[]): Together => {
      const key = items.join();
      const found = lists.get(key) ?? ask(items, Infinity, MOST_PRICED.local).best ?? NOTHING;
      lists.set(key, found);
      return found;
    },
  };
}

/** Ways in the order of the scenarios. */
function inOrder(mix: Together, items: readonly number[], all: readonly (Member | null)[]): Together {
  const place = new Map(items.map((item) => [all[item]?.scenarioId, item]));
  const at = (way: Member) => place.get(way.scenarioId) ?? 0;
  return { ...mix, ways: mix.ways.toSorted((a, b) => at(a) - at(b)) };
}

function itemsIn(set: number): number[] {
  const items: number[] = [];
  for (let left = set; left > 0; left &= left - 1) items.push(31 - Math.clz32(left & -left));
  return items;
}
