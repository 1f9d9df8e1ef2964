import type { PriceBook } from '#lib/catalog/prices';
import type { Engine } from '#lib/engines/engine';
import type { NodeFabric } from '#lib/sizing/fabric';
import type { NodeOffering } from '#lib/targets/offering';

const BITS_PER_BYTE = 8;

/** How replicas on nodes of an offering may use the network between these; `undefined` where they cannot. */
export type FabricOf = (offering: NodeOffering) => NodeFabric | undefined;

/** An engine uses the fabrics that an image of it has the libraries of; nothing is assumed of nodes that state none. */
export function fabricOf(
  engine: Engine,
  knobs: Readonly<Record<string, unknown>>,
  prices: PriceBook,
): FabricOf {
  const fabrics = engine.fabrics(knobs);
  const share = prices.assumption('fabric.exchange-share');
  const startMicroseconds = prices.assumption('fabric.exchange-start-us');
  return ({ fabric }) =>
    fabric?.gbps === undefined || !fabrics.includes(fabric.kind)
      ? undefined
      : { gbPerSecond: fabric.gbps / BITS_PER_BYTE, share, startMicroseconds };
}
