import { leastTogether, type LeastLoad } from '#lib/portfolio/search/least-load';
import type { Member } from '#lib/portfolio/member';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';

/** What members cost together, and the ways in which each then stands. */
export interface Together extends OptionCost {
  readonly ways: readonly Member[];
}

export interface MixPrices {
  /** Asked again and again for the same members: it remembers. */
  readonly costOf: (ways: readonly Member[]) => OptionCost;
  readonly loadOf: (way: Member) => LeastLoad;
  /** Whether what a part of the members costs bounds what all of them do. */
  readonly isMonotone: boolean;
}

export interface MixQuestion {
  /** Each in its own way, those that need most first. */
  readonly members: readonly Member[];
  /** Mixes that are likely good; the first is that of the members' own ways. */
  readonly likely: readonly (readonly Member[])[];
  /** Only mixes that cost less count, USD/month. */
  readonly below: number;
  /** What else decides about a mix, which makes it no cheaper; `null` where it may not be. @default - nothing */
  readonly finished?: ((mix: Together) => Together | null) | undefined;
  /** Parts of mixes that are priced at most. */
  readonly most: number;
}

export interface MixAnswer {
  /** The cheapest mix below the limit; `null` where none was found. */
  readonly best: Together | null;
  /** Whether no mix that costs less was left out. */
  readonly isProven: boolean;
}

/** USD/month that another mix must save: sums of the same money in another order differ by less. */
export const ROUNDING = 1e-6;

/**
 * The cheapest mix of ways in which members stand together. Members are placed one after the other, those that need most
 * first; what is placed and the least of the others bounds every mix with it, and only parts below the best are extended.
 */
export function cheapestMix(
  { members, likely, below, finished = (mix) => mix, most }: MixQuestion,
  { costOf, loadOf, isMonotone }: MixPrices,
): MixAnswer {
  const ways = members.map((member) => [member, ...(member.elsewhere ?? [])]);
  const least = leastFrom(ways.map((own) => own.map(loadOf)));
  let best: Together | null = null;
  let limit = below;
  let priced = 0;
  const take = (mix: readonly Member[]) => {
    const found = finished({ ...costOf(mix), ways: mix });
    if (found === null || found.monthlyUsd >= limit - (best === null ? 0 : ROUNDING)) return;
    best = found;
    limit = found.monthlyUsd;
  };
  for (const mix of likely) {
    if (leastTogether(mix.map(loadOf)) < limit) take(mix);
  }
  const extend = (placed: readonly Member[], nodesUsd: Float64Array, ownUsd: number) => {
    const at = placed.length;
    if (at === members.length) return take(placed);
    const after = least[at + 1];
    const next = (ways[at] ?? []).flatMap((way) => {
      const load = loadOf(way);
      const sum = nodesUsd.map((usd, part) => usd + (load.nodesUsd[part] ?? 0));
      const own = ownUsd + load.ownUsd;
      const bound = own + (after?.ownUsd ?? 0) + mostOf(sum, after?.nodesUsd);
      if (bound >= limit - ROUNDING || priced >= most) return [];
      const mix = [...placed, way];
      priced += 1;
      if (!isMonotone) return [{ mix, sum, own, bound }];
      return [{ mix, sum, own, bound: Math.max(bound, costOf(mix).monthlyUsd + (after?.ownUsd ?? 0)) }];
    });
    for (const { mix, sum, own, bound } of next.toSorted((a, b) => a.bound - b.bound)) {
      if (bound < limit - ROUNDING) extend(mix, sum, own);
    }
  };
  extend([], new Float64Array(least[0]?.nodesUsd.length ?? 0), 0);
  return { best, isProven: priced < most };
}

/** What the members from one on have at the very least, each in the way that has the least. */
function leastFrom(loads: readonly (readonly LeastLoad[])[]): readonly LeastLoad[] {
  const nothing: LeastLoad = { ownUsd: 0, nodesUsd: new Float64Array(loads[0]?.[0]?.nodesUsd.length ?? 0) };
  return loads.reduceRight<LeastLoad[]>(
    (after, ways) => {
      const [first = nothing] = after;
      const nodesUsd = first.nodesUsd.map(
        (usd, part) => usd + Math.min(...ways.map((way) => way.nodesUsd[part] ?? 0)),
      );
      return [{ ownUsd: first.ownUsd + Math.min(...ways.map(({ ownUsd }) => ownUsd)), nodesUsd }, ...after];
    },
    [nothing],
  );
}

function mostOf(usd: Float64Array, more?: Float64Array): number {
  let most = 0;
  for (let part = 0; part < usd.length; part += 1) {
    most = Math.max(most, (usd[part] ?? 0) + (more === undefined ? 0 : (more[part] ?? 0)));
  }
  return most;
}
