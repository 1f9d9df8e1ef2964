import type { EngineSlot } from '#lib/engines/engine';

/**
 * NCCL over links that join the GPUs of several hosts. It fails where these cannot be used, instead of taking the network
 * without a word. They take memory of CUDA's own allocator, which engines switch off (vllm#16992, sglang#24977).
 */
export function linkedHostsVariables({
  linkedHosts = false,
}: Pick<EngineSlot, 'linkedHosts'>): Readonly<Record<string, string>> {
  return linkedHosts ? { NCCL_MNNVL_ENABLE: '1', NCCL_CUMEM_ENABLE: '1' } : {};
}
