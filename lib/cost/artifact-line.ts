import type { ReadResource } from '#lib/artifacts/unresolved';
import { priceId, type Price, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import type { LineItem } from '#lib/cost/estimate';
import { slicesOf, type Ladders } from '#lib/cost/price-ladder';
import type { Component } from '#lib/cost/resources/component';
import type { UsageReader } from '#lib/cost/resources/usage';
import type { Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** A line of the bill, and where it comes from: what joins the two books. */
export interface ArtifactLine {
  readonly item: LineItem;
  readonly address: string;
  readonly type: string;
  /** Of the line in a usage file; its own key, but for the upper steps of a ladder. */
  readonly usageKey: string;
  /** Id of the price that it asks for; `null` for a resource without one. */
  readonly priceId: string | null;
  /** True where only use decides its quantity. */
  readonly isByUse: boolean;
  /** True where its use may be stated as runs of a duration. */
  readonly takesRuns: boolean;
  /** True where the load decides how much is used beyond this. */
  readonly isFloor: boolean;
}

/** What lines are made with; one for a whole bill, since an account climbs a ladder once. */
export interface LineMaker {
  /** Asked with the id that the reference spells, as are the ladders: a bill asks for few prices, thousands of times. */
  readonly price: (reference: PriceReference, id: string) => Price;
  readonly ladders: Ladders;
  readonly usage: UsageReader;
  /** What of each ladder is used already, by the id of its first price. */
  readonly climbed: Map<string, number>;
  /** Present value of USD 1 a month over the horizon. */
  readonly annuity: number;
}

/** Answers each question once: a bill of thousands of buckets asks for one price of storage. */
export function rememberedPrices(prices: PriceBook): LineMaker['price'] {
  const known = new Map<string, Price>();
  return (reference, id) => {
    let price = known.get(id);
    if (price === undefined) known.set(id, (price = prices.price(reference)));
    return price;
  };
}

/** The lines of one component: one, or one for each step of its ladder that its quantity reaches. */
export function componentLines(
  resource: ReadResource,
  component: Component,
  maker: LineMaker,
): readonly ArtifactLine[] {
  const key = `${resource.address}.${component.key}`;
  const used = component.quantityPerMonth === null ? maker.usage.amountOf(key, component.perRun) : undefined;
  const quantity = component.quantityPerMonth ?? used?.quantity;
  const asked = priceId(component.price);
  if (quantity === undefined) return [openLine(resource, component, { key, asked }, maker)];
  const basis = used?.basis ?? component.basis;
  const steps = maker.ladders(component.price, asked);
  if (steps.length === 1) {
    const counted = { key, usageKey: key, price: component.price, asked, quantity, basis };
    return [countedLine(resource, component, counted, maker)];
  }
  const before = maker.climbed.get(asked) ?? 0;
  maker.climbed.set(asked, before + quantity);
  return slicesOf(steps, quantity, before).map((slice, index) => {
    const isOnward = index > 0;
    return countedLine(
      resource,
      component,
      {
        key: isOnward ? `${key}.from-${slice.from}` : key,
        usageKey: key,
        price: slice.price,
        asked: priceId(slice.price),
        quantity: slice.quantity,
        basis: slice.from === 0 ? basis : `${basis}; what the account uses above ${slice.from}`,
      },
      maker,
    );
  });
}

interface Counted {
  readonly key: string;
  readonly usageKey: string;
  readonly price: PriceReference;
  /** Id of that price. */
  readonly asked: string;
  readonly quantity: number;
  readonly basis: string;
}

function countedLine(
  resource: ReadResource,
  component: Component,
  { key, usageKey, price: reference, asked, quantity, basis }: Counted,
  { price: priceOf, annuity }: LineMaker,
): ArtifactLine {
  const price = priceOf(reference, asked);
  const stands = `${basis}${presenceOf(resource)}`;
  if (price.state === 'unpriced') {
    return lineOf(resource, component, price, {
      key,
      usageKey,
      asked,
      quantity,
      state: 'unpriced',
      basis: `${stands}; no price: ${price.why}`,
      amounts: null,
    });
  }
  const { low, base, high } = price.usd;
  const monthlyUsd = roundUsd(quantity * base);
  const isFlat = low === base && high === base;
  return lineOf(resource, component, price, {
    key,
    usageKey,
    asked,
    quantity,
    state: component.quantityPerMonth === null ? 'usage' : 'priced',
    basis: `${stands}; price: ${price.basis}`,
    amounts: {
      monthlyUsd,
      monthlyBandUsd: isFlat
        ? { low: monthlyUsd, base: monthlyUsd, high: monthlyUsd }
        : { low: roundUsd(quantity * low), base: monthlyUsd, high: roundUsd(quantity * high) },
      presentValueUsd: roundUsd(quantity * base * annuity),
    },
  });
}

/** By a use that nobody stated: the price of one unit is known, and no amount, which is not the amount of 0. */
function openLine(
  resource: ReadResource,
  component: Component,
  { key, asked }: Pick<LineFacts, 'key' | 'asked'>,
  { price: priceOf }: LineMaker,
): ArtifactLine {
  const price = priceOf(component.price, asked);
  const basis = `${component.basis}: none stated${presenceOf(resource)}`;
  const isKnown = price.state === 'priced';
  return lineOf(resource, component, price, {
    key,
    usageKey: key,
    asked,
    quantity: 0,
    state: isKnown ? 'usage' : 'unpriced',
    basis: isKnown ? `${basis}; price: ${price.basis}` : `${basis}; no price: ${price.why}`,
    amounts: null,
  });
}

interface LineFacts {
  readonly key: string;
  readonly usageKey: string;
  /** Id of the price that was asked for: one that holds everywhere answers under its own. */
  readonly asked: string;
  readonly quantity: number;
  readonly state: LineItem['state'];
  readonly basis: string;
  readonly amounts: {
    readonly monthlyUsd: number;
    readonly monthlyBandUsd: Band;
    readonly presentValueUsd: number;
  } | null;
}

/** Whole literals: a bill may have a hundred thousand of these, and copies of copies cost more than the arithmetic. */
function lineOf(
  resource: ReadResource,
  component: Component,
  price: Price,
  { key, usageKey, asked, quantity, state, basis, amounts }: LineFacts,
): ArtifactLine {
  const isPriced = price.state === 'priced';
  const isByUse = component.quantityPerMonth === null;
  const item: LineItem = {
    key,
    label: component.label,
    category: component.category,
    tangible: true,
    quantity,
    unit: price.unit,
    unitPriceUsd: isPriced ? price.usd.base : null,
    monthlyUsd: amounts?.monthlyUsd ?? null,
    monthlyBandUsd: amounts?.monthlyBandUsd ?? null,
    oneOffUsd: amounts === null ? null : 0,
    presentValueUsd: amounts?.presentValueUsd ?? null,
    basis,
    source: isPriced ? price.source : null,
    resources: [resource.path ?? resource.address],
    state,
    derived: isPriced && price.derived,
    assumed: false,
  };
  return {
    item,
    address: resource.address,
    type: resource.type,
    usageKey,
    priceId: asked,
    isByUse,
    takesRuns: component.perRun !== undefined,
    isFloor: component.isFloor ?? false,
  };
}

/** A resource with one line that has no price of its own: free, or unpriced, and why. */
export function statedLine(resource: ReadResource, state: 'free' | 'unpriced', why: string): ArtifactLine {
  const { address, type } = resource;
  const amounts = state === 'free' ? NOTHING : UNKNOWN;
  const item: LineItem = {
    key: address,
    label: type,
    category: 'platform',
    tangible: true,
    quantity: 0,
    unit: 'none',
    ...amounts,
    basis: why,
    source: null,
    resources: [resource.path ?? address],
    state,
    derived: false,
    assumed: false,
  };
  return {
    item,
    address,
    type,
    usageKey: address,
    priceId: null,
    isByUse: false,
    takesRuns: false,
    isFloor: false,
  };
}

const UNKNOWN = {
  unitPriceUsd: null,
  monthlyUsd: null,
  monthlyBandUsd: null,
  oneOffUsd: null,
  presentValueUsd: null,
} as const;
const NOTHING = {
  unitPriceUsd: 0,
  monthlyUsd: 0,
  monthlyBandUsd: { low: 0, base: 0, high: 0 },
  oneOffUsd: 0,
  presentValueUsd: 0,
} as const;

function presenceOf({ presence }: ReadResource): string {
  return presence === null ? '' : `; stands only if ${presence.dependsOn}`;
}
