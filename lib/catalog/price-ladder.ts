import { priceId, type PriceBook, type PriceRecord, type PriceReference } from '#lib/catalog/prices';

/** One step of a ladder of prices. */
export interface LadderStep {
  /** Used in a month above this the step's price holds, in the price's unit. */
  readonly from: number;
  readonly price: PriceReference;
}

/** What of a quantity falls on one step. */
export type Slice<Step> = Step & { readonly quantity: number };

/** The steps of a price, the first one included: one where the price is flat. `id` is the price's, where it is at hand. */
export type Ladders = (first: PriceReference, id?: string) => readonly LadderStep[];

/**
 * The ladders of a price book. Which steps there are is a fact of the first region that lists them; what each costs is
 * asked for the region at hand, so that a derived region climbs the same ladder.
 */
export function laddersOf(prices: PriceBook): Ladders {
  const known = new Map<string, readonly LadderStep[]>();
  const services = new Map<string, ReadonlyMap<string, readonly PriceRecord[]>>();
  return (first, id = priceId(first)) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const service = `${first.seller}/${first.service}`;
    const upper = services.get(service) ?? upperSteps(prices, first);
    services.set(service, upper);
    const steps = [{ from: 0, price: first }, ...above(upper.get(first.sku) ?? [], first)];
    known.set(id, steps);
    return steps;
  };
}

function upperSteps(prices: PriceBook, { seller, service }: PriceReference) {
  const upper = new Map<string, PriceRecord[]>();
  for (const record of prices.listed({ seller, service, isStep: true })) {
    if (record.step === undefined) continue;
    const known = upper.get(record.step.of);
    if (known === undefined) upper.set(record.step.of, [record]);
    else known.push(record);
  }
  return upper;
}

function above(records: readonly PriceRecord[], first: PriceReference): LadderStep[] {
  const fitting = records.filter(({ unit, term }) => unit === first.unit && term === first.term);
  const region = (fitting.find((record) => record.region === first.region) ?? fitting[0])?.region;
  return fitting
    .filter((record) => record.region === region)
    .map(({ sku, step }) => ({ from: step?.from ?? 0, price: { ...first, sku } }))
    .toSorted((a, b) => a.from - b.from);
}

/**
 * A quantity over the steps of its ladder. `used` is what stands on the ladder already: an account climbs it once, not
 * each of its resources.
 */
export function slicesOf<Step extends { readonly from: number }>(
  steps: readonly Step[],
  quantity: number,
  used = 0,
): readonly Slice<Step>[] {
  const slices = steps.flatMap((step, index): Slice<Step>[] => {
    const end = steps[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const part = Math.min(used + quantity, end) - Math.max(used, step.from);
    return part > 0 ? [{ ...step, quantity: part }] : [];
  });
  const [first] = steps;
  return slices.length > 0 || first === undefined ? slices : [{ ...first, quantity }];
}
