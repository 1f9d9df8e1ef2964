import type { Member } from '#lib/portfolio/member';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import type { CheapestCut } from '#lib/portfolio/splits/split-cuts';

/** A scenario that may be split with its base on one option. */
export interface Splittable {
  readonly scenarioId: string;
  /** As all of it may stand on the option. */
  readonly wholes: readonly Member[];
  /** All of it on the options that may take what exceeds its base. */
  readonly takers: readonly Member[];
  /** What it costs where it is if that is another option, USD/month; `null` where it is nowhere. */
  readonly elsewhereUsd: number | null;
}

export interface BesideQuestion {
  /** Who stands on the option. */
  readonly standing: readonly Member[];
  readonly splittable: readonly Splittable[];
  readonly costOf: (members: readonly Member[]) => OptionCost;
  readonly cheapestCut: CheapestCut;
}

/** Scenarios of which each has the first turn once; of more, the first and the last. */
const ALL_TURNS_OF = 4;

/**
 * Splits that make an option cheaper: one scenario after the other gets the base that is cheapest beside all others as
 * they stand by then, until none saves more. Who is cut first may leave nothing for the others to save, so that several
 * have the first turn.
 */
export function splitsBeside(question: BesideQuestion): Member[] {
  const { splittable } = question;
  const orders =
    splittable.length <= ALL_TURNS_OF
      ? splittable.map((first) => [first, ...splittable.filter((one) => one !== first)])
      : [splittable, splittable.toReversed()];
  return orders.flatMap((order) => splitsInTurn({ ...question, splittable: order }));
}

function splitsInTurn({ standing, splittable, costOf, cheapestCut }: BesideQuestion): Member[] {
  const found: Member[] = [];
  let now = standing;
  for (let isCheaper = true; isCheaper;) {
    isCheaper = false;
    for (const { scenarioId, wholes, takers, elsewhereUsd } of splittable) {
      const others = now.filter((member) => member.scenarioId !== scenarioId);
      const stands = others.length < now.length;
      if (others.length === 0 || (!stands && elsewhereUsd === null)) continue;
      let lessThan = costOf(now).monthlyUsd + (stands ? 0 : (elsewhereUsd ?? 0));
      const baseUsd = (base: Member) => costOf([...others, base]).monthlyUsd;
      let best: Member | null = null;
      const current = now.find((member) => member.scenarioId === scenarioId);
      const places = new Set(others.map(kindOf));
      const here =
        current === undefined
          ? wholes.filter((whole) => places.has(kindOf(whole)))
          : [current.overflow?.whole ?? current];
      for (const whole of here) {
        for (const taker of takers) {
          const split = cheapestCut(whole, taker, { baseUsd, lessThan: lessThan - SAVES_USD });
          if (split === null) continue;
          best = split;
          lessThan = costOf([...others, split]).monthlyUsd;
        }
      }
      if (best === null) continue;
      found.push(best);
      now = [...others, best];
      isCheaper = true;
    }
  }
  return found;
}

function kindOf({ fleet }: Member): string | undefined {
  return fleet.nodes[0]?.offering.id;
}

/** USD/month below which a split is no better: sums of the same money in another order differ by less. */
const SAVES_USD = 1e-4;
