import { bareGraphBytes } from '#lib/vector-stores/formulas';
import { sizeIndex, type IndexSize } from '#lib/vector-stores/index-size';
import { chooseNodes, CLUSTER_NODES } from '#lib/vector-stores/nodes';
import { quantisedIndex, type Quantisation } from '#lib/vector-stores/quantisation';
import type { Corpus, StoreMisfit, StoreSizing } from '#lib/vector-stores/vector-store';

const FLOAT32_BYTES = 4;

export interface RawMultiple {
  readonly product: string;
  readonly maxDimensions: number;
  /** Memory over raw float32 vectors, by the vendor's rule. */
  readonly factor: number;
  /** Full vectors stay on disk beside a quantised form. */
  readonly keepsOriginals: boolean;
}

interface RawMultipleKnobs {
  readonly m: number;
  readonly quantisation: Quantisation;
}

/** Size of a store in the cluster whose vendor states its memory as a multiple of the raw vectors. */
export function sizeByRawMultiple(
  corpus: Corpus,
  knobs: RawMultipleKnobs,
  rule: RawMultiple,
): StoreSizing | StoreMisfit {
  const { product, maxDimensions, factor, keepsOriginals } = rule;
  if (corpus.dimensions > maxDimensions) {
    return { reasons: [`${corpus.dimensions} dimensions, ${product} takes ${maxDimensions} at most`] };
  }
  const multiple = corpus.vectors * corpus.dimensions * FLOAT32_BYTES * factor;
  // Of short vectors the links are more than what the rule leaves for them.
  const bare = bareGraphBytes({ ...corpus, links: knobs.m }, corpus.dimensions * FLOAT32_BYTES);
  const full = sizeIndex({
    corpus,
    indexBytes: Math.max(multiple, bare),
    formula:
      multiple < bare
        ? 'vectors × (dimensions × 4 + 8 × links): more than × factor'
        : 'vectors × dimensions × 4 × factor',
    inputs: [
      { name: 'factor', value: factor, unit: 'memory ÷ raw vectors' },
      ...(multiple < bare ? [{ name: 'links', value: knobs.m, unit: 'links' } as const] : []),
    ],
  });
  const index = quantisedIndex(full, corpus, {
    quantisation: knobs.quantisation,
    links: knobs.m,
    keepsOriginals,
  });
  return sizedInCluster(index, corpus);
}

/** An index on nodes of the cluster, over which a copy may be spread. */
export function sizedInCluster(index: IndexSize, corpus: Corpus): StoreSizing {
  const chosen = chooseNodes({ ...index, corpus, shapes: CLUSTER_NODES, mayShard: true });
  if (chosen === null) throw new Error('a store that shards always has nodes');
  return {
    memoryGib: index.memoryGib,
    storageGib: index.storageGib,
    nodes: chosen.nodes,
    capacityUnits: null,
    derivation: [...index.steps, ...chosen.steps],
  };
}
