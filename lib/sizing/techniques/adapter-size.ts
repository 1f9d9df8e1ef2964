import type { Model } from '#lib/catalog/models';
import type { Adapters } from '#lib/sizing/techniques/techniques';
import { loraParameters } from '#lib/sizing/lora-parameters';

/** Adapters are kept in 16 bits. */
const ADAPTER_BYTES = 2;

/** Bytes of one adapter; `null` where the model's projections are not published. */
export function adapterBytes(
  model: Model,
  { rank, targets }: Pick<Adapters, 'rank' | 'targets'>,
): number | null {
  const parameters = loraParameters(model, rank, targets);
  return parameters === null ? null : parameters * ADAPTER_BYTES;
}

/**
 * Copies of an adapter's bytes over a tensor group of `tensor` GPUs: of its two matrices one is split and the other
 * repeated on every GPU, as vLLM does unless told to split both.
 */
export function adapterCopies(tensor: number): number {
  return (1 + tensor) / 2;
}
