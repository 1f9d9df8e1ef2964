import { sizeIndex } from '#lib/vector-stores/index-size';
import { chooseNodes, CLUSTER_NODES } from '#lib/vector-stores/nodes';
import type { Corpus, StoreMisfit, StoreSizing } from '#lib/vector-stores/vector-store';

const FLOAT32_BYTES = 4;

export interface RawMultiple {
  readonly product: string;
  readonly maxDimensions: number;
  /** Memory over raw float32 vectors, by the vendor's rule. */
  readonly factor: number;
}

/** Size of a store in the cluster whose vendor states its memory as a multiple of the raw vectors. */
export function sizeByRawMultiple(corpus: Corpus, rule: RawMultiple): StoreSizing | StoreMisfit {
  const { product, maxDimensions, factor } = rule;
  if (corpus.dimensions > maxDimensions) {
    return { reasons: [`${corpus.dimensions} dimensions, ${product} takes ${maxDimensions} at most`] };
  }
  const index = sizeIndex({
    corpus,
    indexBytes: corpus.vectors * corpus.dimensions * FLOAT32_BYTES * factor,
    formula: 'vectors × dimensions × 4 × factor',
    inputs: [{ name: 'factor', value: factor, unit: 'memory ÷ raw vectors' }],
  });
  const { nodes, steps } = chooseNodes({ ...index, corpus, shapes: CLUSTER_NODES });
  return {
    memoryGib: index.memoryGib,
    storageGib: index.storageGib,
    nodes,
    capacityUnits: null,
    derivation: [...index.steps, ...steps],
  };
}
