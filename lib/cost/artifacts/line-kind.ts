import { isSamePrice, type AskedPrice } from '#lib/cost/artifacts/asked-price';
import type { LadderStep } from '#lib/catalog/price-ladder';
import type { PriceReference } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import type { LineItem } from '#lib/cost/estimate';
import type { Component } from '#lib/cost/resources/component';
import type { Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** What a line says beside its key and its resource. Lines of one kind share it. */
export interface LineFacts {
  readonly component: Component;
  readonly priceId: string;
  readonly quantity: number;
  readonly unit: string;
  readonly state: LineItem['state'];
  readonly basis: string;
  readonly unitPriceUsd: number | null;
  readonly monthlyUsd: number | null;
  readonly monthlyBandUsd: Band | null;
  readonly oneOffUsd: number | null;
  readonly presentValueUsd: number | null;
  readonly source: SourceReference | null;
  readonly derived: boolean;
  readonly assumed: boolean;
}

/** The lines of equal components: most resources of an app ask for what the one before them asked for. */
export interface LineKind {
  readonly component: Component;
  readonly asked: AskedPrice;
  /** Of its price: one where that is flat. */
  readonly steps: readonly LadderStep[];
  /** Of a resource that stands for certain: with the component's own quantity, or with a use that nobody stated. */
  readonly usual: LineFacts;
}

/** Whether lines of both say the same. Who shares a component is decided before it becomes a line. */
export function isSameKind(one: Component, other: Component): boolean {
  return (
    one === other ||
    (one.key === other.key &&
      one.quantityPerMonth === other.quantityPerMonth &&
      one.category === other.category &&
      one.isFloor === other.isFloor &&
      one.quantityIs === other.quantityIs &&
      one.upTo === other.upTo &&
      (one.perRun === undefined) === (other.perRun === undefined) &&
      isSamePrice(one.price, other.price) &&
      one.label === other.label &&
      one.basis === other.basis)
  );
}

interface Amount {
  readonly quantity: number;
  /** Where the quantity comes from. */
  readonly basis: string;
}

/** How amounts follow from quantities. */
export interface Pricing {
  readonly asked: (reference: PriceReference) => AskedPrice;
  /** Present value of USD 1 a month over the horizon. */
  readonly annuity: number;
}

export function countedFacts(
  component: Component,
  { id, price }: AskedPrice,
  { quantity, basis }: Amount,
  { asked, annuity }: Pricing,
): LineFacts {
  if (price.state === 'unpriced') {
    return unpricedFacts(component, id, {
      quantity,
      unit: price.unit,
      basis: `${basis}; no price: ${price.why}`,
    });
  }
  const { low, base, high } = price.usd;
  const monthlyUsd = roundUsd(quantity * base);
  const dearest = component.upTo === undefined ? 0 : dearestUsd(component.upTo, asked);
  const isFlat = low === base && high === base && dearest <= quantity * base;
  return {
    component,
    priceId: id,
    quantity,
    unit: price.unit,
    state: component.quantityPerMonth === null ? 'usage' : 'priced',
    basis: `${basis}; price: ${price.basis}`,
    unitPriceUsd: base,
    monthlyUsd,
    monthlyBandUsd: isFlat
      ? { low: monthlyUsd, base: monthlyUsd, high: monthlyUsd }
      : {
          low: roundUsd(quantity * low),
          base: monthlyUsd,
          high: roundUsd(Math.max(quantity * high, dearest)),
        },
    oneOffUsd: 0,
    presentValueUsd: roundUsd(quantity * base * annuity),
    source: price.source,
    derived: price.derived || component.quantityIs === 'derived',
    assumed: component.quantityIs === 'assumed',
  };
}

function dearestUsd(
  { price, quantityPerMonth }: NonNullable<Component['upTo']>,
  asked: Pricing['asked'],
): number {
  const found = asked(price).price;
  return found.state === 'priced' ? (quantityPerMonth ?? 0) * found.usd.high : 0;
}

/** By a use that nobody stated: the price of one unit is known, and no amount, which is not the amount of 0. */
export function openFacts(component: Component, { id, price }: AskedPrice, presence: string): LineFacts {
  const { unit } = price;
  const basis = `${component.basis}: none stated${presence}`;
  if (price.state === 'unpriced') {
    return unpricedFacts(component, id, { quantity: 0, unit, basis: `${basis}; no price: ${price.why}` });
  }
  return {
    ...unpricedFacts(component, id, { quantity: 0, unit, basis: `${basis}; price: ${price.basis}` }),
    state: 'usage',
    unitPriceUsd: price.usd.base,
    source: price.source,
    derived: price.derived || component.quantityIs === 'derived',
  };
}

function unpricedFacts(
  component: Component,
  priceId: string,
  { quantity, unit, basis }: Pick<LineFacts, 'quantity' | 'unit' | 'basis'>,
): LineFacts {
  return {
    component,
    priceId,
    quantity,
    unit,
    state: 'unpriced',
    basis,
    unitPriceUsd: null,
    monthlyUsd: null,
    monthlyBandUsd: null,
    oneOffUsd: null,
    presentValueUsd: null,
    source: null,
    derived: component.quantityIs === 'derived',
    assumed: component.quantityIs === 'assumed',
  };
}
