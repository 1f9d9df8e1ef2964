import { memoryGib, type Accelerator } from '#lib/catalog/accelerators';
import { bytesToGib, GIB } from '#lib/units/bytes';

/** GiB of one GPU for the CUDA context, NCCL, graphs and activations: 2.5–3.5 by engine. */
export const OVERHEAD_GIB_PER_GPU = 3;

export interface Fit {
  readonly usableGibPerGpu: number;
  readonly weightsGibPerGpu: number;
  readonly kvGibPerGpu: number;
  readonly neededGibPerGpu: number;
  readonly fits: boolean;
}

interface FitInput {
  readonly accelerator: Accelerator;
  readonly memoryShare: number;
  readonly gpus: number;
  readonly weightBytes: number;
  readonly kvBytesPerToken: number;
  readonly residentTokens: number;
  readonly replication: number;
  /** What the sequence keeps besides, however long it is. @default - 0 */
  readonly stateBytes?: number;
  /** @default - 3 GiB */
  readonly overheadGib?: number;
}

/** GiB of one GPU that weights, cache and overhead may take together. */
export function usableGib(accelerator: Accelerator, memoryShare: number): number {
  return memoryGib(accelerator) * memoryShare;
}

/** `need = weights ÷ GPUs + KV × tokens × replication ÷ GPUs + overhead`, against `memory × share`, in GiB per GPU. */
export function fit(input: FitInput): Fit {
  const usableGibPerGpu = usableGib(input.accelerator, input.memoryShare);
  const weightsGibPerGpu = bytesToGib(input.weightBytes) / input.gpus;
  const kvBytes = input.kvBytesPerToken * input.residentTokens * input.replication;
  const kvGibPerGpu = bytesToGib(kvBytes) / input.gpus;
  const neededGibPerGpu = weightsGibPerGpu + kvGibPerGpu + (input.overheadGib ?? OVERHEAD_GIB_PER_GPU);
  return {
    usableGibPerGpu,
    weightsGibPerGpu,
    kvGibPerGpu,
    neededGibPerGpu,
    fits: neededGibPerGpu <= usableGibPerGpu,
  };
}

/** GiB of all GPUs of a replica that are left for the KV cache; below 0 when the weights alone do not fit. */
export function freeGib(input: Omit<FitInput, 'kvBytesPerToken' | 'residentTokens' | 'replication'>): number {
  const overheadGib = input.overheadGib ?? OVERHEAD_GIB_PER_GPU;
  return (
    input.gpus * (usableGib(input.accelerator, input.memoryShare) - overheadGib) -
    bytesToGib(input.weightBytes)
  );
}

/** Sequences of `residentTokens` that the free memory holds; not rounded. */
export function residentSequences(
  free: number,
  sequence: {
    readonly kvBytesPerToken: number;
    readonly residentTokens: number;
    readonly replication: number;
    /** What a sequence of any length keeps besides. @default - 0 */
    readonly stateBytes?: number;
  },
): number {
  const bytes =
    sequence.kvBytesPerToken * sequence.residentTokens * sequence.replication + (sequence.stateBytes ?? 0);
  return bytes === 0 ? Infinity : (Math.max(0, free) * GIB) / bytes;
}
