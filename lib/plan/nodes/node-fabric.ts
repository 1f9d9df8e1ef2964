import type { PriceBook } from '#lib/catalog/prices';
import type { Engine } from '#lib/engines/engine';
import type { NodeFabric } from '#lib/sizing/fabric';
import type { NodeOffering } from '#lib/targets/port/offering';

const BITS_PER_BYTE = 8;

/** How replicas on nodes of an offering may use the network between these; `undefined` where they cannot. */
export type FabricOf = (offering: NodeOffering) => NodeFabric | undefined;

/** A network that brings so many Gb/s to a node, by the assumptions. */
export function assumedFabric(gbps: number, prices: PriceBook): NodeFabric {
  return {
    gbPerSecond: gbps / BITS_PER_BYTE,
    share: prices.assumption('fabric.exchange-share'),
    startMicroseconds: prices.assumption('fabric.exchange-start-us'),
  };
}

/** An engine uses the fabrics that an image of it has the libraries of; nothing is assumed of nodes that state none. */
export function fabricOf(
  engine: Engine,
  knobs: Readonly<Record<string, unknown>>,
  prices: PriceBook,
): FabricOf {
  const fabrics = engine.fabrics(knobs);
  return ({ fabric }) =>
    fabric?.gbps === undefined || !fabrics.includes(fabric.kind)
      ? undefined
      : assumedFabric(fabric.gbps, prices);
}
