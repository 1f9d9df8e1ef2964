import type { ReadResource } from '#lib/artifacts/unresolved';
import { priceId } from '#lib/catalog/prices';
import type { LineItem } from '#lib/cost/estimate';
import { lineItem, type LineContext } from '#lib/cost/line-item';
import type { Component, ResourceCost } from '#lib/cost/resources/component';
import { costOf } from '#lib/cost/resources/registry';

/** Hours of a month. */
const HOURS = 730;

/** How often each line is used in a month, by `address.component` or by `*.component` for all of a kind. */
export type Usage = ReadonlyMap<string, number>;

/** A line with where it comes from: what joins the two books. */
export interface ArtifactLine extends LineItem {
  readonly address: string;
  readonly type: string;
  /** Id of the price that it asks for; `null` for a resource without one. */
  readonly priceId: string | null;
  /** True where only use decides its quantity. */
  readonly isByUse: boolean;
  /** True where the load decides how much is used beyond this. */
  readonly isFloor: boolean;
}

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

export interface ArtifactBillContext extends LineContext {
  /** Region of resources whose artifact does not say it. */
  readonly region: string;
  readonly usage: Usage;
}

/**
 * The bill of synthesized resources, read from the artifacts alone: it knows nothing of the plan that made them. Every
 * resource is priced, by use, free for a reason, unpriced for a reason, or listed as unaccounted.
 */
export function artifactBill(resources: readonly ReadResource[], context: ArtifactBillContext): ArtifactBill {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const find = (address: string) => byAddress.get(address);
  const lines: ArtifactLine[] = [];
  const unaccounted: string[] = [];
  const counts = { priced: 0, free: 0, usage: 0, unpriced: 0 };
  for (const resource of resources) {
    const region = resource.region ?? context.region;
    const cost = costOf(resource, { region, hours: HOURS, find });
    if (cost === null) {
      unaccounted.push(resource.address);
      lines.push(statedLine(resource, 'unpriced', `nobody has said yet what ${resource.type} costs`));
      counts.unpriced += 1;
      continue;
    }
    const own = linesOf(resource, cost, context);
    lines.push(...own);
    counts[stateOf(own)] += 1;
  }
  return { lines, unaccounted, counts };
}

function linesOf(
  resource: ReadResource,
  cost: ResourceCost,
  context: ArtifactBillContext,
): readonly ArtifactLine[] {
  if (cost.state !== 'components') return [statedLine(resource, cost.state, cost.why)];
  if (cost.components.length === 0) return [statedLine(resource, 'free', 'nothing of it has a charge')];
  return cost.components.map((component) => componentLine(resource, component, context));
}

function componentLine(
  resource: ReadResource,
  component: Component,
  context: ArtifactBillContext,
): ArtifactLine {
  const key = `${resource.address}.${component.key}`;
  const used = context.usage.get(key) ?? context.usage.get(`*.${component.key}`);
  const quantity = component.quantityPerMonth ?? used;
  const head = { address: resource.address, type: resource.type, priceId: priceId(component.price) };
  const isByUse = component.quantityPerMonth === null;
  const presence = resource.presence === null ? '' : `; stands only if ${resource.presence.dependsOn}`;
  const item = lineItem(
    {
      kind: 'recurring',
      key,
      label: component.label,
      category: component.category,
      basis: (isByUse && used === undefined ? `${component.basis}: none stated` : component.basis) + presence,
      resources: [resource.path ?? resource.address],
      quantityPerMonth: quantity ?? 0,
      price: component.price,
    },
    context,
  );
  const isFloor = component.isFloor ?? false;
  if (!isByUse) return { ...item, ...head, isByUse, isFloor };
  // Without a stated use only the price of one unit is known: no amount is not the amount of 0.
  const amounts =
    used === undefined
      ? { quantity: 0, monthlyUsd: null, monthlyBandUsd: null, oneOffUsd: null, presentValueUsd: null }
      : {};
  const state = item.state === 'unpriced' ? 'unpriced' : 'usage';
  return { ...item, ...head, ...amounts, isByUse, isFloor, state };
}

function statedLine(resource: ReadResource, state: 'free' | 'unpriced', why: string): ArtifactLine {
  const amount = state === 'free' ? 0 : null;
  return {
    key: resource.address,
    label: resource.type,
    category: 'platform',
    tangible: true,
    quantity: 0,
    unit: 'none',
    unitPriceUsd: amount,
    monthlyUsd: amount,
    monthlyBandUsd: amount === null ? null : { low: 0, base: 0, high: 0 },
    oneOffUsd: amount,
    presentValueUsd: amount,
    basis: why,
    source: null,
    resources: [resource.path ?? resource.address],
    state,
    derived: false,
    assumed: false,
    address: resource.address,
    type: resource.type,
    priceId: null,
    isByUse: false,
    isFloor: false,
  };
}

/** A resource is as well known as its least known line. */
function stateOf(lines: readonly ArtifactLine[]): keyof ArtifactBill['counts'] {
  const states = new Set(lines.map(({ state }) => state));
  return states.has('unpriced')
    ? 'unpriced'
    : states.has('usage')
      ? 'usage'
      : states.has('priced')
        ? 'priced'
        : 'free';
}
