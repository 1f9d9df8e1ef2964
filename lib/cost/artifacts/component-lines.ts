import type { ReadResource } from '#lib/artifacts/unresolved';
import { laddersOf, slicesOf, type Ladders } from '#lib/catalog/price-ladder';
import type { PriceBook } from '#lib/catalog/prices';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import { rememberedPrices } from '#lib/cost/artifacts/asked-price';
import type { LineItem } from '#lib/cost/estimate';
import {
  countedFacts,
  isSameKind,
  openFacts,
  type LineFacts,
  type LineKind,
  type Pricing,
} from '#lib/cost/artifacts/line-kind';
import type { Component } from '#lib/cost/resources/component';
import { usageReader, type Usage, type UsageReader } from '#lib/cost/resources/usage';

/** What lines are made with; one for a whole bill, since an account climbs a ladder once. */
export interface LineMaker extends Pricing {
  readonly ladders: Ladders;
  readonly usage: UsageReader;
  /** What of each ladder is used already, by the id of its first price. */
  readonly climbed: Map<string, number>;
  /** The last one of each SKU. */
  readonly kinds: Map<string, LineKind>;
}

export function lineMaker(prices: PriceBook, usage: Usage, annuity: number): LineMaker {
  return {
    asked: rememberedPrices(prices),
    ladders: laddersOf(prices),
    usage: usageReader(usage),
    climbed: new Map(),
    annuity,
    kinds: new Map(),
  };
}

/**
 * Adds the lines of one component: one, or one for each step of its ladder that its quantity reaches.
 *
 * @param resources - The resource as bills name it
 */
export function addComponentLines(
  lines: ArtifactLine[],
  resource: ReadResource,
  resources: readonly string[],
  component: Component,
  maker: LineMaker,
): void {
  const key = `${resource.address}.${component.key}`;
  const { asked, steps, usual } = kindOf(component, maker);
  const used = component.quantityPerMonth === null ? maker.usage.amountOf(key, component.perRun) : undefined;
  const quantity = component.quantityPerMonth ?? used?.quantity;
  const presence = presenceOf(resource);
  if (quantity === undefined) {
    const facts = presence === '' ? usual : openFacts(component, asked, presence);
    lines.push(lineOf(resource, resources, key, key, facts));
    return;
  }
  const basis = used?.basis ?? component.basis;
  if (steps.length === 1) {
    const facts =
      presence === '' && used === undefined
        ? usual
        : countedFacts(component, asked, { quantity, basis: basis + presence }, maker);
    lines.push(lineOf(resource, resources, key, key, facts));
    return;
  }
  const before = maker.climbed.get(asked.id) ?? 0;
  maker.climbed.set(asked.id, before + quantity);
  slicesOf(steps, quantity, before).forEach((slice, index) => {
    const above = slice.from === 0 ? '' : `; what the account uses above ${slice.from}`;
    const amount = { quantity: slice.quantity, basis: basis + above + presence };
    const facts = countedFacts(component, maker.asked(slice.price), amount, maker);
    lines.push(lineOf(resource, resources, index > 0 ? `${key}.from-${slice.from}` : key, key, facts));
  });
}

function kindOf(component: Component, maker: LineMaker): LineKind {
  const { sku } = component.price;
  const before = maker.kinds.get(sku);
  if (before !== undefined && isSameKind(before.component, component)) return before;
  const asked = maker.asked(component.price);
  const { quantityPerMonth, basis } = component;
  const kind: LineKind = {
    component,
    asked,
    steps: maker.ladders(component.price, asked.id),
    usual:
      quantityPerMonth === null
        ? openFacts(component, asked, '')
        : countedFacts(component, asked, { quantity: quantityPerMonth, basis }, maker),
  };
  maker.kinds.set(sku, kind);
  return kind;
}

/** Whole literals: a bill may have a hundred thousand of these, and copies of copies cost more than the arithmetic. */
function lineOf(
  resource: ReadResource,
  resources: readonly string[],
  key: string,
  usageKey: string,
  facts: LineFacts,
): ArtifactLine {
  const { component } = facts;
  const item: LineItem = {
    key,
    label: component.label,
    category: component.category,
    tangible: true,
    quantity: facts.quantity,
    unit: facts.unit,
    unitPriceUsd: facts.unitPriceUsd,
    monthlyUsd: facts.monthlyUsd,
    monthlyBandUsd: facts.monthlyBandUsd,
    oneOffUsd: facts.oneOffUsd,
    presentValueUsd: facts.presentValueUsd,
    basis: facts.basis,
    source: facts.source,
    resources,
    state: facts.state,
    derived: facts.derived,
    assumed: facts.assumed,
  };
  return {
    item,
    address: resource.address,
    type: resource.type,
    usageKey,
    priceId: facts.priceId,
    isByUse: component.quantityPerMonth === null,
    takesRuns: component.perRun !== undefined,
    isFloor: component.isFloor ?? false,
  };
}

function presenceOf({ presence }: ReadResource): string {
  return presence === null ? '' : `; stands only if ${presence.dependsOn}`;
}
