import type { Accelerator } from '#lib/catalog/accelerators';

const PCIE = /^PCIe/;

/** True without a link of their own between accelerators. */
export function isLinkedByPcie({ link }: Pick<Accelerator, 'link'>): boolean {
  return PCIE.test(link.type);
}

/**
 * Bytes in which a value travels to be summed over GPUs. TensorRT-LLM can narrow it to FP8 without such links
 * (Low-Precision-AllReduce), and its published runs move more than the bus carries in 16 bits; others send 16.
 */
export function bytesOfSummed(isPcie: boolean, engine: string): 1 | 2 {
  return isPcie && engine === 'trtllm' ? 1 : 2;
}
