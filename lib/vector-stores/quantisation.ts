import { bytesToGib } from '#lib/units/bytes';
import type { IndexSize } from '#lib/vector-stores/index-size';
import type { Corpus } from '#lib/vector-stores/vector-store';

/** `scalar`: a byte a dimension. `binary`: a bit. Full vectors stay on disk, to rank the best again, where said so. */
export type Quantisation = 'none' | 'scalar' | 'binary';

const BYTES_PER_DIMENSION = { scalar: 1, binary: 1 / 8 } as const;

/** What the knob says of itself; `page` is the vendor's that documents the ways it lists. */
export function quantisationMeta(page: string) {
  return {
    description: `Smaller form of the vectors that is searched in memory (${page})`,
    unit: 'id',
    examples: ['scalar'],
  };
}

/**
 * One copy of the index, quantised. The vendor's multiple of the vectors stands for graph and slack: it may shrink with
 * them, down to the bare links (two lists of 4-byte ids on the lowest layer). A vector of few dimensions gains little, and
 * never loses.
 */
export function quantisedIndex(
  full: IndexSize,
  corpus: Corpus,
  how: {
    readonly quantisation: Quantisation;
    readonly links: number;
    /** Full vectors stay on disk beside the small form. */
    readonly keepsOriginals: boolean;
  },
): IndexSize {
  if (how.quantisation === 'none') return full;
  const { vectors, dimensions } = corpus;
  const multiple = full.memoryGib / bytesToGib(vectors * dimensions * 4);
  const codes = vectors * dimensions * BYTES_PER_DIMENSION[how.quantisation];
  const bytes = codes + Math.max(codes * (multiple - 1), vectors * 8 * how.links);
  return smaller(full, bytesToGib(bytes), {
    formula: 'codes + max(codes × (multiple − 1), vectors × 8 × links)',
    inputs: [
      { name: 'codes', value: bytesToGib(codes), unit: 'GiB' },
      { name: 'multiple', value: multiple, unit: 'memory ÷ raw vectors' },
      { name: 'links', value: how.links, unit: 'links' },
    ],
    keepsOriginals: how.keepsOriginals,
  });
}

/** The index with less memory; never more than in full. */
export function smaller(
  full: IndexSize,
  quantisedGib: number,
  how: {
    readonly formula: string;
    readonly inputs: IndexSize['steps'][number]['inputs'];
    readonly keepsOriginals: boolean;
  },
): IndexSize {
  const memoryGib = Math.min(full.memoryGib, quantisedGib);
  const storageGib = full.storageGib + (how.keepsOriginals ? memoryGib : 0);
  return {
    memoryGib,
    storageGib,
    steps: [
      ...full.steps,
      {
        id: 'store-quantised',
        label: 'Index in memory, quantised',
        formula: how.formula,
        value: memoryGib,
        unit: 'GiB',
        inputs: [...how.inputs, { name: 'in full', value: full.memoryGib, unit: 'GiB' }],
      },
    ],
  };
}
