import { jointNodes } from '#lib/portfolio/joint-nodes';
import type { Member } from '#lib/portfolio/member';
import { NO_MONEY, type OptionCost } from '#lib/portfolio/priced-fleet';
import { rememberedLists } from '#lib/portfolio/remembered-lists';

/** What members cost together, and the ways in which each then stands. */
export interface Together extends OptionCost {
  readonly ways: readonly Member[];
}

/** What a list of members costs in each way of standing together, as far as it was asked for. */
interface Priced {
  readonly best: Together;
  /** By way, USD/month: no list that goes on from here costs less by it than this and what is its members' own. */
  readonly least: readonly number[];
}

export interface OptionPrices {
  readonly costOf: (ways: readonly Member[]) => OptionCost;
  /** Of a member's bill what it shares with nobody, USD/month. */
  readonly ownUsd: (member: Member) => number;
  /** Whether what a part of the members costs bounds what all of them do. */
  readonly isMonotone: boolean;
  /** Money at the start is short: no way may ask more of it than their own does. */
  readonly keepsUpfront: boolean;
}

export interface JointCosts {
  /** The cheapest way for members of an option to stand. */
  readonly cheapest: (members: readonly Member[]) => Together;
  /** All ways, their own first: what else is to be placed beside them decides. */
  readonly all: (members: readonly Member[]) => readonly Together[];
}

/** USD/month that another way must save: sums of the same money in another order differ by less. */
export const ROUNDING = 1e-6;

/**
 * How members of an option may stand, and what it costs. For the cheapest a way is priced only where its bound is below
 * the best: what all but the last cost bounds what all do.
 */
export function jointCosts(
  all: readonly (Member | null)[],
  { costOf, ownUsd, isMonotone, keepsUpfront }: OptionPrices,
): JointCosts {
  const { waysOf } = jointNodes(all);
  const priced: (members: readonly Member[]) => Priced = rememberedLists((members) => {
    const ways = waysOf(members);
    const last = members.length - 1;
    const before = last < 1 || !isMonotone ? null : priced(members.slice(0, -1)).least;
    const least = ways.map((way, index) => {
      const added = way[last];
      return before === null || added === undefined
        ? 0
        : (before[index % before.length] ?? 0) + ownUsd(added);
    });
    const own = keepsUpfront ? costOf(members) : null;
    let best: Together | null = null;
    const cheapestFirst = ways.map((_, index) => index).toSorted((a, b) => (least[a] ?? 0) - (least[b] ?? 0));
    for (const index of cheapestFirst) {
      const way = ways[index];
      if (way === undefined || (best !== null && (least[index] ?? 0) >= best.monthlyUsd - ROUNDING)) continue;
      const same = ways.findIndex((one) => isSame(one, way));
      if (best !== null && same < index && best.ways === ways[same]) continue;
      const cost = costOf(way);
      least[index] = cost.monthlyUsd;
      if (own !== null && cost.upfrontUsd > own.upfrontUsd) continue;
      if (best === null || cost.monthlyUsd < best.monthlyUsd - ROUNDING) best = { ...cost, ways: way };
    }
    if (best === null) throw new Error('no way for members to stand');
    return { best, least };
  });
  return {
    cheapest: (members) => (members.length === 0 ? { ...NO_MONEY, ways: members } : priced(members).best),
    all: rememberedLists((members) => {
      const [own, ...others] = waysOf(members).map((ways) => ({ ...costOf(ways), ways }));
      if (own === undefined) return [];
      return [own, ...others.filter(({ upfrontUsd }) => !keepsUpfront || upfrontUsd <= own.upfrontUsd)];
    }),
  };
}

function isSame(one: readonly Member[], other: readonly Member[]): boolean {
  return one.every((member, index) => member === other[index]);
}
