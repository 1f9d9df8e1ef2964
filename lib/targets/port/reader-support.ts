import type { Accelerator } from '#lib/catalog/accelerators';
import type { NodeOffering } from '#lib/targets/port/offering';
import type { Market } from '#lib/targets/target';

/** Ways to run a model that only reads: by the token at the provider, on a GPU, on CPUs. */
export const READER_FORMS = ['managed', 'gpu', 'cpu'] as const;
export type ReaderForm = (typeof READER_FORMS)[number];

/** Where embedding models and rerankers can run on a target. */
export interface ReaderSupport {
  readonly forms: readonly ReaderForm[];
  /** A scheduler can put them on GPUs that the model server leaves free, or on one more of its nodes. */
  readonly sharesNodes: boolean;
  /** Nodes with one GPU that they may have to themselves, bought by the hour. */
  readonly nodes: (knobs: unknown, market: Market) => readonly NodeOffering[];
}

/** In a cluster of machines that stand: on the CPU hosts, or on GPUs of the servers. */
export const READERS_ON_OWN_MACHINES: ReaderSupport = {
  forms: ['gpu', 'cpu'],
  sharesNodes: true,
  nodes: () => [],
};

/** Families of NVIDIA on which what runs readers multiplies in 16 bits with fused attention: Ampere and later. */
const READING = new Set(['ampere', 'ada', 'hopper', 'blackwell', 'rtxpro']);

export function readsOn({ family }: Accelerator): boolean {
  return READING.has(family);
}

/** The small ones among offerings, on which readers run. */
export function singleGpuNodes(offerings: readonly NodeOffering[], { catalog }: Market): NodeOffering[] {
  return offerings.filter(({ gpus, accelerator: id }) => {
    const accelerator = catalog.accelerators.get(id);
    return gpus === 1 && accelerator !== undefined && readsOn(accelerator);
  });
}
