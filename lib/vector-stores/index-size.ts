import { bytesToGib } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';
import type { Corpus } from '#lib/vector-stores/vector-store';

/** Disk beyond the data: segments being merged, deleted vectors, the log. */
const DISK_SLACK = 1.5;

export interface IndexSize {
  readonly memoryGib: number;
  readonly storageGib: number;
  readonly steps: readonly Step[];
}

/** One copy of the index in memory and on disk, from the bytes that the vendor's formula gives. */
export function sizeIndex(index: {
  readonly corpus: Corpus;
  readonly indexBytes: number;
  readonly formula: string;
  /** What the formula took beside vectors and dimensions. */
  readonly inputs: Step['inputs'];
  /** Vectors in full that stay on disk beside a narrower index. @default - none */
  readonly originalBytes?: number;
  /** Factor on disk. @default - 1.5 */
  readonly diskSlack?: number;
}): IndexSize {
  const { corpus, indexBytes, formula, inputs, originalBytes = 0, diskSlack = DISK_SLACK } = index;
  const memoryGib = bytesToGib(indexBytes);
  const payloadGib = bytesToGib(corpus.vectors * corpus.payloadBytesPerVector);
  const originalsGib = bytesToGib(originalBytes);
  const storageGib = (memoryGib + originalsGib + payloadGib) * diskSlack;
  const steps: Step[] = [
    {
      id: 'store-index',
      label: 'Index, one copy',
      formula,
      value: memoryGib,
      unit: 'GiB',
      inputs: [
        { name: 'vectors', value: corpus.vectors, unit: 'vectors' },
        { name: 'dimensions', value: corpus.dimensions, unit: 'dimensions' },
        ...inputs,
      ],
    },
    {
      id: 'store-storage',
      label: 'Storage, one copy',
      formula: originalBytes === 0 ? '(index + payload) × slack' : '(index + originals + payload) × slack',
      value: storageGib,
      unit: 'GiB',
      inputs: [
        { name: 'index', value: memoryGib, unit: 'GiB' },
        ...(originalBytes === 0 ? [] : [{ name: 'originals', value: originalsGib, unit: 'GiB' } as const]),
        { name: 'payload', value: payloadGib, unit: 'GiB' },
        { name: 'slack', value: diskSlack, unit: 'factor' },
      ],
    },
  ];
  return { memoryGib, storageGib, steps };
}
