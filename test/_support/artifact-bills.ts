import type { ArtifactValue } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { artifactBill, type ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import { estimateFromArtifacts } from '#lib/cost/artifacts/from-artifacts';
import type { NodeType } from '#lib/cost/kubernetes/nodes-to-buy';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceBook } from '#lib/catalog/prices';

const catalog = loadCatalog();
export const catalogPrices: PriceBook = createPriceBook({ catalog });
export const { nodeSizes } = catalog;

/** A resource as a reader would give it; the format follows from its type. */
export function resourceOf(
  type: string,
  properties: Readonly<Record<string, ArtifactValue>> = {},
  address = 'a',
): ReadResource {
  const format = type.includes('::') ? 'cloudformation' : 'terraform';
  return {
    address,
    path: null,
    format,
    type,
    region: 'us-east-1',
    properties,
    references: [],
    presence: null,
  };
}

export function billOf(
  resources: readonly ReadResource[],
  usage: Readonly<Record<string, number>> = {},
  prices: PriceBook = catalogPrices,
): ArtifactBill {
  const finance = { asOf: '2026-11-23', horizonMonths: 36, discountRatePerYear: 0.09 };
  const used = new Map(Object.entries(usage));
  return artifactBill(resources, { prices, ...finance, region: 'us-east-1', usage: used });
}

/** `label | quantity | unit | USD a month | state` of every line. */
export function billLines({ lines }: ArtifactBill): string[] {
  return lines.map(({ item: { label, quantity, unit, monthlyUsd, state } }) =>
    [label, quantity, unit, monthlyUsd, state].join(' | '),
  );
}

/** USD a month of the lines of one use, step by step of its ladder. */
export function stepsOf({ lines }: ArtifactBill, key: string): number[] {
  return linesOf(lines, key).map(({ item }) => item.monthlyUsd ?? Number.NaN);
}

function linesOf(lines: readonly ArtifactLine[], key: string): readonly ArtifactLine[] {
  return lines.filter(({ usageKey }) => usageKey === key);
}

/** The whole estimate of an app, with the nodes that its pods ask for. */
export function estimateOf(
  resources: readonly ReadResource[],
  { usage = {}, ...more }: { usage?: Readonly<Record<string, number>>; nodeTypes?: readonly NodeType[] } = {},
) {
  return estimateFromArtifacts(resources, {
    prices: catalogPrices,
    nodeSizes: catalog.nodeSizes,
    catalog,
    asOf: '2026-11-23',
    horizonMonths: 36,
    discountRatePerYear: 0.09,
    region: 'us-east-1',
    usage: new Map(Object.entries(usage)),
    head: { environment: 'a', scenario: 'app', option: 'a', target: 'a' },
    ...more,
  });
}
