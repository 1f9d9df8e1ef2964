import type { ReadResource } from '#lib/artifacts/unresolved';
import { priceId, type Price, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import type { LineItem } from '#lib/cost/estimate';
import { slicesOf, type Ladders } from '#lib/catalog/price-ladder';
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
  /** Id of the price that it asks for, where one that holds everywhere answers too; `null` for a resource without one. */
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
  readonly asked: (reference: PriceReference) => AskedPrice;
  readonly ladders: Ladders;
  readonly usage: UsageReader;
  /** What of each ladder is used already, by the id of its first price. */
  readonly climbed: Map<string, number>;
  /** Present value of USD 1 a month over the horizon. */
  readonly annuity: number;
}

/** What the price book answers, and the id that it was asked by. */
export interface AskedPrice {
  readonly id: string;
  readonly price: Price;
}

/**
 * Answers each question once: a bill of thousands of buckets asks for one price of storage. Questions are told apart by
 * their fields, since to spell an id for every line takes longer than to make the line.
 */
export function rememberedPrices(prices: PriceBook): LineMaker['asked'] {
  const known = new Map<string, (AskedPrice & { readonly reference: PriceReference })[]>();
  return (reference) => {
    let ofSku = known.get(reference.sku);
    if (ofSku === undefined) known.set(reference.sku, (ofSku = []));
    for (const asked of ofSku) if (isSame(asked.reference, reference)) return asked;
    const asked = { reference, id: priceId(reference), price: prices.price(reference) };
    ofSku.push(asked);
    return asked;
  };
}

function isSame(one: PriceReference, other: PriceReference): boolean {
  return (
    one.sku === other.sku &&
    one.service === other.service &&
    one.region === other.region &&
    one.unit === other.unit &&
    one.term === other.term &&
    one.seller === other.seller
  );
}

/** Adds the lines of one component: one, or one for each step of its ladder that its quantity reaches. */
export function addComponentLines(
  lines: ArtifactLine[],
  resource: ReadResource,
  component: Component,
  maker: LineMaker,
): void {
  const key = `${resource.address}.${component.key}`;
  const used = component.quantityPerMonth === null ? maker.usage.amountOf(key, component.perRun) : undefined;
  const quantity = component.quantityPerMonth ?? used?.quantity;
  const asked = maker.asked(component.price);
  if (quantity === undefined) {
    lines.push(openLine(resource, component, key, asked));
    return;
  }
  const basis = used?.basis ?? component.basis;
  const steps = maker.ladders(component.price, asked.id);
  if (steps.length === 1) {
    lines.push(countedLine(resource, component, { key, usageKey: key, asked, quantity, basis }, maker));
    return;
  }
  const before = maker.climbed.get(asked.id) ?? 0;
  maker.climbed.set(asked.id, before + quantity);
  slicesOf(steps, quantity, before).forEach((slice, index) => {
    const counted: Counted = {
      key: index > 0 ? `${key}.from-${slice.from}` : key,
      usageKey: key,
      asked: maker.asked(slice.price),
      quantity: slice.quantity,
      basis: slice.from === 0 ? basis : `${basis}; what the account uses above ${slice.from}`,
    };
    lines.push(countedLine(resource, component, counted, maker));
  });
}

interface Counted {
  readonly key: string;
  readonly usageKey: string;
  readonly asked: AskedPrice;
  readonly quantity: number;
  readonly basis: string;
}

function countedLine(
  resource: ReadResource,
  component: Component,
  { key, usageKey, asked, quantity, basis }: Counted,
  { annuity, asked: priceOf }: LineMaker,
): ArtifactLine {
  const { price } = asked;
  const stands = `${basis}${presenceOf(resource)}`;
  if (price.state === 'unpriced') {
    return lineOf(resource, component, asked, {
      key,
      usageKey,
      quantity,
      state: 'unpriced',
      basis: `${stands}; no price: ${price.why}`,
      amounts: null,
    });
  }
  const { low, base, high } = price.usd;
  const monthlyUsd = roundUsd(quantity * base);
  const dearest = component.upTo === undefined ? 0 : dearestUsd(component.upTo, priceOf);
  const isFlat = low === base && high === base && dearest <= quantity * base;
  return lineOf(resource, component, asked, {
    key,
    usageKey,
    quantity,
    state: component.quantityPerMonth === null ? 'usage' : 'priced',
    basis: `${stands}; price: ${price.basis}`,
    amounts: {
      monthlyUsd,
      monthlyBandUsd: isFlat
        ? { low: monthlyUsd, base: monthlyUsd, high: monthlyUsd }
        : {
            low: roundUsd(quantity * low),
            base: monthlyUsd,
            high: roundUsd(Math.max(quantity * high, dearest)),
          },
      presentValueUsd: roundUsd(quantity * base * annuity),
    },
  });
}

function dearestUsd(
  { price, quantityPerMonth }: NonNullable<Component['upTo']>,
  asked: LineMaker['asked'],
): number {
  const found = asked(price).price;
  return found.state === 'priced' ? (quantityPerMonth ?? 0) * found.usd.high : 0;
}

/** By a use that nobody stated: the price of one unit is known, and no amount, which is not the amount of 0. */
function openLine(
  resource: ReadResource,
  component: Component,
  key: string,
  asked: AskedPrice,
): ArtifactLine {
  const { price } = asked;
  const basis = `${component.basis}: none stated${presenceOf(resource)}`;
  const isKnown = price.state === 'priced';
  return lineOf(resource, component, asked, {
    key,
    usageKey: key,
    quantity: 0,
    state: isKnown ? 'usage' : 'unpriced',
    basis: isKnown ? `${basis}; price: ${price.basis}` : `${basis}; no price: ${price.why}`,
    amounts: null,
  });
}

interface LineFacts {
  readonly key: string;
  readonly usageKey: string;
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
  { id, price }: AskedPrice,
  { key, usageKey, quantity, state, basis, amounts }: LineFacts,
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
    derived: (isPriced && price.derived) || component.quantityIs === 'derived',
    assumed: component.quantityIs === 'assumed',
  };
  return {
    item,
    address: resource.address,
    type: resource.type,
    usageKey,
    priceId: id,
    isByUse,
    takesRuns: component.perRun !== undefined,
    isFloor: component.isFloor ?? false,
  };
}

/** A resource with one line that has no price of its own: free, or unpriced, and why. */
export function statedLine(resource: ReadResource, state: 'free' | 'unpriced', why: string): ArtifactLine {
  const { address, type } = resource;
  const amount = state === 'free' ? 0 : null;
  const item: LineItem = {
    key: address,
    label: type,
    category: 'platform',
    tangible: true,
    quantity: 0,
    unit: 'none',
    unitPriceUsd: amount,
    monthlyUsd: amount,
    monthlyBandUsd: state === 'free' ? NOTHING : null,
    oneOffUsd: amount,
    presentValueUsd: amount,
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

const NOTHING: Band = { low: 0, base: 0, high: 0 };

function presenceOf({ presence }: ReadResource): string {
  return presence === null ? '' : `; stands only if ${presence.dependsOn}`;
}
