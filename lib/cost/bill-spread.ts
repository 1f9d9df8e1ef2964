import { priceId, type PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { agedBand } from '#lib/cost/doubt';
import { GROWTH } from '#lib/cost/bill-input';
import type { Estimate, LineItem } from '#lib/cost/estimate';
import { fleetKey, fleetNodes, quantityRatio } from '#lib/cost/fleet-doubt';
import { growthCosts } from '#lib/cost/growth-pull';
import { priceTerms, type PriceTerm } from '#lib/cost/price-terms';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';
import { exactly, type Band } from '#lib/units/band';
import {
  momentsOf,
  triangularMoments,
  wholeShares,
  type Moments,
  type ValueShare,
} from '#lib/units/triangular';

/** What one input does to a bill. */
export interface Pull {
  /** How far the bill moves with one standard deviation of the input, USD a month; it may be below 0. */
  readonly deviationUsd: number;
  /** How far its mean moves the bill from its base, USD a month. */
  readonly leanUsd: number;
}

/** A bill under the doubt of all its inputs, each triangular over its band and independent of the others. */
export interface BillSpread {
  readonly meanUsd: number;
  /** By the id of the price or assumption, or a name of what else is in doubt. Bills that share an id share the input. */
  readonly pulls: ReadonlyMap<string, Pull>;
  /**
   * By the id of an input that is a whole number of few: what the bill is from its mean at each, USD a month, smallest
   * number first. Their pulls are among `pulls` too.
   */
  readonly steps: ReadonlyMap<string, readonly ValueShare[]>;
}

/** A factor of a line, as multiples of its base. */
interface Factor {
  readonly key: string;
  /** What it adds to the band of its line. */
  readonly band: Band;
  readonly moments: Moments;
  /** Of whole numbers: the multiple at each. */
  readonly steps?: readonly ValueShare[];
}

export interface SpreadContext {
  readonly prices: PriceBook;
  /** Day of the bill: prices are wider by their age. */
  readonly asOf: string;
  readonly finance: Pick<Finance, 'horizonMonths' | 'discountRatePerYear'>;
}

/**
 * Mean and pulls of bills in closed form, from their lines alone: a line is a product of independent factors, so its mean
 * is the product of their means, and one input moves it in proportion. What the factors leave of a line's band (a residual
 * value, a share paid in advance) is a doubt of its own. Each input is looked up once for all bills.
 */
export function billSpreads({
  prices,
  asOf,
  finance,
}: SpreadContext): (plan: Plan, estimate: Estimate) => BillSpread {
  const termFactors = remembered((term) => factorsOf(term, prices, asOf));
  return (plan, { lines }) => {
    const purchases = new Map(plan.purchases.map((purchase) => [purchase.key, purchase]));
    const fleet = fleetOf(plan);
    const pulls = new Map<string, Pull>();
    const stepped = new Map<string, readonly ValueShare[]>();
    let meanUsd = 0;
    for (const line of lines) {
      const usd = line.monthlyUsd ?? 0;
      const factors = usd === 0 ? [] : lineFactors(line, purchases.get(line.key), fleet, termFactors);
      const lineMeanUsd = factors.reduce((product, { moments }) => product * moments.mean, usd);
      meanUsd += lineMeanUsd;
      for (const { key, moments, steps } of factors) {
        if (steps !== undefined)
          stepped.set(key, withLine(stepped.get(key), steps, lineMeanUsd / moments.mean, moments));
        const known = pulls.get(key) ?? { deviationUsd: 0, leanUsd: 0 };
        pulls.set(key, {
          deviationUsd: known.deviationUsd + (lineMeanUsd * moments.deviation) / moments.mean,
          leanUsd: known.leanUsd + usd * (moments.mean - 1),
        });
      }
    }
    const grown = growthCosts(plan, prices, finance);
    if (grown !== null) {
      const { mean, deviation } = triangularMoments(grown);
      const leanUsd = mean - grown.base;
      meanUsd += leanUsd;
      pulls.set(GROWTH, { deviationUsd: Math.sign(grown.high - grown.low) * deviation, leanUsd });
    }
    return { meanUsd, pulls, steps: stepped };
  };
}

/** Adds what a line of `usd` a multiple is from its mean. */
function withLine(
  before: readonly ValueShare[] | undefined,
  steps: readonly ValueShare[],
  usd: number,
  { mean }: Moments,
): readonly ValueShare[] {
  return steps.map(({ value, share }, index) => ({
    value: (before?.[index]?.value ?? 0) + usd * (value - mean),
    share,
  }));
}

type Fleet = (purchase: Purchase) => Factor[];

/** Quantities follow the nodes, which are whole: a fleet of 3 or 4 is 3 more often than a band from 3 to 4 is below 3.5. */
function fleetOf(plan: Plan): Fleet {
  const nodes = fleetNodes(plan);
  if (nodes === null) return () => [];
  const key = fleetKey(plan);
  const shares = wholeShares(nodes);
  return (purchase) => {
    const ratio = quantityRatio(purchase);
    if (ratio === null || ratio.low === ratio.high) return [];
    const multiple = (count: number) =>
      count < nodes.base
        ? 1 - ((1 - ratio.low) * (nodes.base - count)) / (nodes.base - nodes.low)
        : 1 + ((ratio.high - 1) * (count - nodes.base)) / Math.max(1, nodes.high - nodes.base);
    const steps = shares.map(({ value, share }) => ({ value: multiple(value), share }));
    return [{ key, band: { base: 1, ...ratio }, moments: momentsOf(steps), steps }];
  };
}

function lineFactors(
  line: LineItem,
  purchase: Purchase | undefined,
  fleet: Fleet,
  termFactors: (term: PriceTerm) => readonly Factor[],
): readonly Factor[] {
  const whole = line.monthlyBandUsd ?? exactly(line.monthlyUsd ?? 0);
  if (purchase === undefined || purchase.kind === 'free') return doubtful(line.key, whole);
  const factors = [...fleet(purchase), ...priceTerms(purchase).flatMap(termFactors)];
  const rest = factors.reduce((left, { band }) => without(left, band), relative(whole));
  return [
    ...factors,
    ...doubtful(purchase.kind === 'capital' ? `residual ${purchase.residual}` : line.key, rest),
  ];
}

/** A sum is a factor for each of its parts: the others, and the constant, stay. Prices are wider by their age. */
function factorsOf(term: PriceTerm, prices: PriceBook, asOf: string): readonly Factor[] {
  switch (term.kind) {
    case 'price': {
      const price = prices.price(term.reference);
      if (price.state === 'unpriced') return [];
      const { id, usd, source } = price;
      const aged = agedBand({ reference: term.reference, usd, source }, prices, asOf);
      // The line's own band has no age in it.
      return doubtful(id, aged).map((factor) => ({ ...factor, band: relative(usd) }));
    }
    case 'assumption':
      return doubtful(term.id, prices.assumption(term.id));
  }
  const parts = term.ids.map((id) => prices.assumption(id));
  const total = parts.reduce((sum, { base }) => sum + base, term.constant);
  return parts.flatMap(({ id, low, base, high }) =>
    doubtful(id, { low: total - base + low, base: total, high: total - base + high }),
  );
}

function remembered(factorsOfTerm: (term: PriceTerm) => readonly Factor[]) {
  const known = new Map<string, readonly Factor[]>();
  return (term: PriceTerm): readonly Factor[] => {
    const key =
      term.kind === 'price'
        ? priceId(term.reference)
        : term.kind === 'assumption'
          ? term.id
          : `${term.constant} ${term.ids.join()}`;
    const found = known.get(key) ?? factorsOfTerm(term);
    known.set(key, found);
    return found;
  };
}

function doubtful(key: string, usd: Band): Factor[] {
  const band = relative(usd);
  const moments = triangularMoments(band);
  // What rounding leaves is no doubt.
  return moments.deviation < 1e-6 ? [] : [{ key, band, moments }];
}

/** Multiples of the base, the smaller one first: a negative amount (tax) has its bounds the other way round. */
function relative({ low, base, high }: Band): Band {
  if (base === 0) return exactly(1);
  const [a, b] = [low / base, high / base];
  return { low: Math.min(a, b), base: 1, high: Math.max(a, b) };
}

/** A bound of 0 says nothing of the other factors. */
function without(whole: Band, factor: Band): Band {
  return {
    low: factor.low === 0 ? 1 : Math.min(1, whole.low / factor.low),
    base: 1,
    high: Math.max(1, whole.high / factor.high),
  };
}
