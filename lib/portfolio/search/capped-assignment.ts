import { completions, type Completions, type SetPrices } from '#lib/portfolio/search/completions';

/** An assignment by what each option takes, as sets of scenarios. */
export interface Parts {
  readonly parts: readonly number[];
  readonly cost: number;
  readonly cappedCost: number;
}

/** Money of every option for every set: what is to be least, and what must stay below the cap. */
export interface CappedPrices {
  readonly allowed: readonly number[];
  readonly sets: number;
  readonly cost: SetPrices;
  readonly capped: SetPrices;
  readonly cap: number;
}

/** Way of the options so far to serve a set. */
interface Label {
  readonly cost: number;
  readonly cappedCost: number;
  readonly taken: number;
  readonly before: Label | null;
}

/** What a cost must be below another by, to count as less: sums of the same money in another order differ by this. */
const ROUNDING = 1e-9;
/** A multiplier has settled long before; each try is one search without a cap. */
const MOST_TRIES = 40;

/**
 * The cheapest assignment whose second cost stays below a cap, exactly. First the cap is priced: with a multiplier m every
 * assignment within the cap costs at least min(cost + m × capped cost) − m × cap, and the best m is found by intersecting
 * lines. On the way a good assignment within the cap appears. Then ways to serve ever larger sets are extended option by
 * option, those only that no other beats in both costs, and that could still become cheaper than the good one: what is
 * left costs at least its completion, priced the same way.
 */
export function cheapestUnderCap(prices: CappedPrices): Parts | null {
  const priced = priceOfCap(prices);
  if (priced === null) return null;
  const { best, bounds } = priced;
  return extended(prices, bounds, best) ?? best;
}

/** What completing a way costs at least: by cost and cap together, by each alone. */
interface Bounds {
  readonly multiplier: number;
  readonly both: Completions;
  readonly cost: Completions;
  readonly capped: Completions;
}

function priceOfCap(prices: CappedPrices): { readonly best: Parts; readonly bounds: Bounds } | null {
  const { cost, capped, cap, sets, allowed } = prices;
  const at = (multiplier: number) =>
    completions({
      sets,
      allowed,
      // A set that is left out is infinite in both, and so is not a number at a multiplier of 0.
      price: (option, set) => cost(option, set) + (multiplier === 0 ? 0 : multiplier * capped(option, set)),
    });
  const byCost = completions({ sets, allowed, price: cost });
  const byCapped = completions({ sets, allowed, price: capped });
  let dear = moneyOf(byCost.best(), prices);
  let within = moneyOf(byCapped.best(), prices);
  if (dear === null || within === null || within.cappedCost > cap) return null;
  let best = within;
  let both = byCost;
  let multiplier = 0;
  for (let tries = 0; tries < MOST_TRIES && dear.cappedCost > within.cappedCost; tries += 1) {
    const next: number = (within.cost - dear.cost) / (dear.cappedCost - within.cappedCost);
    const table = at(next);
    const found = moneyOf(table.best(), prices);
    [multiplier, both] = [next, table];
    if (found === null) break;
    const gain = dear.cost + next * dear.cappedCost - (found.cost + next * found.cappedCost);
    if (found.cappedCost <= cap && found.cost < best.cost) best = found;
    if (gain <= ROUNDING * Math.max(1, Math.abs(dear.cost))) break;
    if (found.cappedCost > cap) dear = found;
    else within = found;
  }
  return { best, bounds: { multiplier, both, cost: byCost, capped: byCapped } };
}

function moneyOf(parts: readonly number[] | null, { cost, capped }: CappedPrices): Parts | null {
  if (parts === null) return null;
  const sum = (price: SetPrices) =>
    parts.reduce((total, set, option) => total + (set === 0 ? 0 : price(option, set)), 0);
  return { parts, cost: sum(cost), cappedCost: sum(capped) };
}

/** What is cheaper than `known`, within the cap; `null` where nothing is. */
function extended(prices: CappedPrices, bounds: Bounds, known: Parts): Parts | null {
  const { sets, allowed, cost, capped, cap } = prices;
  const all = sets - 1;
  let stage = new Map<number, readonly Label[]>([[0, [{ cost: 0, cappedCost: 0, taken: 0, before: null }]]]);
  for (const [option, may] of allowed.entries()) {
    const next = new Map<number, Label[]>();
    const canStillWin = (label: Label, served: number) => {
      const left = all ^ served;
      const after = option + 1;
      return (
        label.cappedCost + bounds.capped.least(after, left) <= cap &&
        label.cost + bounds.cost.least(after, left) < known.cost - ROUNDING &&
        label.cost + bounds.multiplier * (label.cappedCost - cap) + bounds.both.least(after, left) <
          known.cost - ROUNDING
      );
    };
    const keep = (label: Label, served: number) => {
      if (!canStillWin(label, served)) return;
      const others = next.get(served);
      if (others === undefined) next.set(served, [label]);
      else others.push(label);
    };
    for (const [served, labels] of stage) {
      for (const label of labels) keep({ ...label, taken: 0, before: label }, served);
      const left = (all ^ served) & may;
      for (let part = left; part > 0; part = (part - 1) & left) {
        const [usd, second] = [cost(option, part), capped(option, part)];
        for (const before of labels) {
          const label = {
            cost: before.cost + usd,
            cappedCost: before.cappedCost + second,
            taken: part,
            before,
          };
          keep(label, served | part);
        }
      }
    }
    stage = new Map([...next].map(([served, labels]) => [served, unbeaten(labels)]));
  }
  const [best] = stage.get(all) ?? [];
  return best === undefined ? null : partsOf(best, allowed.length);
}

function partsOf(best: Label, options: number): Parts {
  const parts: number[] = [];
  for (let label: Label | null = best, option = options - 1; label !== null && option >= 0; option -= 1) {
    parts[option] = label.taken;
    label = label.before;
  }
  return { parts, cost: best.cost, cappedCost: best.cappedCost };
}

/** Cheapest first; each after it is cheaper in the capped cost. */
function unbeaten(labels: readonly Label[]): Label[] {
  if (labels.length === 1) return [...labels];
  let least = Number.POSITIVE_INFINITY;
  return labels
    .toSorted((a, b) => a.cost - b.cost || a.cappedCost - b.cappedCost)
    .filter(({ cappedCost }) => {
      if (cappedCost >= least) return false;
      least = cappedCost;
      return true;
    });
}
