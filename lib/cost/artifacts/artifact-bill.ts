import { resourcesOf } from '#lib/artifacts/by-type';
import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import { namesOf, statedLine, type ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import { addComponentLines, lineMaker, type LineMaker } from '#lib/cost/artifacts/component-lines';
import type { BoughtNodes } from '#lib/cost/kubernetes/bought-nodes';
import { clusterFacts } from '#lib/cost/kubernetes/cluster';
import { annuityFactor } from '#lib/cash/present-value';
import type { Component, PricingContext, ResourceCost } from '#lib/cost/resources/component';
import { costOf, pricingOf } from '#lib/cost/resources/registry';
import type { Usage } from '#lib/cost/resources/usage';
import { regionSuggestion } from '#lib/spec/references/region-suggestion';
import { HOURS_PER_MONTH } from '#lib/units/money';

export interface ArtifactBill {
  readonly lines: readonly ArtifactLine[];
  /** Resources of a type that nobody has priced or declared free. */
  readonly unaccounted: readonly string[];
  /** Resources by how they are accounted for. */
  readonly counts: {
    readonly priced: number;
    readonly free: number;
    readonly usage: number;
    readonly unpriced: number;
  };
}

export interface ArtifactBillContext {
  readonly prices: PriceBook;
  /** Day for which the bill is made: `2026-11-23`. */
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Region of resources whose artifact does not say it. */
  readonly region: string;
  /** The regions there are. @default - whatever has the form of one */
  readonly regions?: () => readonly string[];
  readonly usage: Usage;
  /** Types of EC2 by what they have. @default - none is known by its attributes */
  readonly nodeSizes?: () => ReadonlyMap<string, NodeSize>;
  /** True where the nodes of its pods are bought by contract, outside of the artifacts. @default false */
  readonly areNodesElsewhere?: boolean;
  /** Nodes among the resources that were added since pods ask for them. @default - none */
  readonly bought?: BoughtNodes;
}

/**
 * The bill of synthesized resources, read from the artifacts alone: it knows nothing of the plan that made them. Every
 * resource is priced, by use, free for a reason, unpriced for a reason, or listed as unaccounted.
 */
export function artifactBill(resources: readonly ReadResource[], context: ArtifactBillContext): ArtifactBill {
  let byAddress: ReadonlyMap<string, ReadResource> | null = null;
  const ofTypes = (types: readonly string[]) => resourcesOf(resources, (type) => types.includes(type));
  const find = (address: string) => (byAddress ??= addressed(resources)).get(address);
  const { areNodesElsewhere = false, bought } = context;
  const cluster = clusterFacts(resources, { areNodesElsewhere, bought });
  const { asOf } = context;
  const contexts = new Map<string, PricingContext>();
  const annuity = annuityFactor(context.horizonMonths, context.discountRatePerYear);
  const maker = lineMaker(context.prices, context.usage, annuity);
  const usdOf = (reference: PriceReference) => {
    const { price } = maker.asked(reference);
    return price.state === 'priced' ? price.usd.base : null;
  };
  const nodeSizes = context.nodeSizes ?? (() => NO_SIZES);
  const costed = (resource: ReadResource) => {
    const region = resource.region ?? context.region;
    let ofRegion = contexts.get(region);
    if (ofRegion === undefined) {
      const noSuchRegion = whyNoRegion(region, context.regions?.());
      ofRegion = {
        region,
        noSuchRegion,
        hours: HOURS_PER_MONTH,
        asOf,
        find,
        ofTypes,
        usdOf,
        nodeSizes,
        cluster,
      };
      contexts.set(region, ofRegion);
    }
    return costOf(resource, ofRegion);
  };
  const payers = payersOf(resources, costed);
  const lines: ArtifactLine[] = [];
  const unaccounted: string[] = [];
  const counts = { priced: 0, free: 0, usage: 0, unpriced: 0 };
  // Each cost becomes lines before the next is made: to keep them all would cost more than to make them.
  for (const resource of resources) {
    const cost = costed(resource);
    if (cost === null) {
      unaccounted.push(resource.address);
      lines.push(
        statedLine(
          resource,
          namesOf(resource),
          'unpriced',
          `nobody has said yet what ${resource.type} costs`,
        ),
      );
      counts.unpriced += 1;
      continue;
    }
    const first = lines.length;
    addLines(lines, resource, apart(resource, cost, payers), maker);
    counts[stateOf(lines, first)] += 1;
  }
  return { lines, unaccounted, counts };
}

function addressed(resources: readonly ReadResource[]): ReadonlyMap<string, ReadResource> {
  return new Map(resources.map((resource) => [resource.address, resource]));
}

const NO_SIZES: ReadonlyMap<string, NodeSize> = new Map();

function addLines(lines: ArtifactLine[], resource: ReadResource, cost: ResourceCost, maker: LineMaker): void {
  const names = namesOf(resource);
  if (cost.state !== 'components') lines.push(statedLine(resource, names, cost.state, cost.why));
  else if (cost.components.length === 0) {
    lines.push(statedLine(resource, names, 'free', 'nothing of it has a charge'));
  } else {
    for (const component of cost.components) addComponentLines(lines, resource, names, component, maker);
    if (cost.open !== undefined) lines.push(statedLine(resource, names, 'unpriced', cost.open));
  }
}

function whyNoRegion(region: string, regions: readonly string[] | undefined): string | undefined {
  if (regions === undefined || regions.includes(region)) return undefined;
  return `AWS has no region ${region}: ${regionSuggestion(region, regions)}`;
}

interface Payer {
  readonly address: string;
  readonly quantity: number;
}

/** Of components that a group shares, the largest pays, the first of equal ones. */
function payersOf(
  resources: readonly ReadResource[],
  costed: (resource: ReadResource) => ResourceCost | null,
): ReadonlyMap<string, Payer> {
  const payers = new Map<string, Payer>();
  for (const resource of resourcesOf(resources, (type) => pricingOf(type)?.shares === true)) {
    const cost = costed(resource);
    if (cost?.state !== 'components') continue;
    for (const { sharedBy, quantityPerMonth } of cost.components) {
      if (sharedBy === undefined || quantityPerMonth === null) continue;
      const payer = payers.get(sharedBy);
      if (payer === undefined || quantityPerMonth > payer.quantity) {
        payers.set(sharedBy, { address: resource.address, quantity: quantityPerMonth });
      }
    }
  }
  return payers;
}

/** Where another one pays for what a group shares, the cost says who. */
function apart(resource: ReadResource, cost: ResourceCost, payers: ReadonlyMap<string, Payer>): ResourceCost {
  if (cost.state !== 'components' || !cost.components.some(isShared)) return cost;
  const shared = cost.components.map((component): Component => {
    if (component.sharedBy === undefined || component.quantityPerMonth === null) return component;
    const payer = payers.get(component.sharedBy);
    if (payer === undefined) throw new Error(`the pricing of ${resource.type} shares and does not say so`);
    if (payer.address === resource.address) return component;
    return {
      ...component,
      quantityPerMonth: 0,
      basis: `shared with ${payer.address}, which is billed for it`,
    };
  });
  return { ...cost, components: shared };
}

function isShared({ sharedBy }: Component): boolean {
  return sharedBy !== undefined;
}

/** A resource, whose lines are those from `first` on, is as well known as its least known line. */
function stateOf(lines: readonly ArtifactLine[], first: number): keyof ArtifactBill['counts'] {
  let worst: keyof ArtifactBill['counts'] = 'free';
  for (let index = first; index < lines.length; index += 1) {
    const state = lines[index]?.item.state;
    if (state === 'unpriced') return 'unpriced';
    if (state === 'usage' || (state === 'priced' && worst === 'free')) worst = state;
  }
  return worst;
}
