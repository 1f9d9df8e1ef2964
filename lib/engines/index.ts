import { sglang } from '#lib/engines/sglang';
import { triton } from '#lib/engines/triton';
import { vllm } from '#lib/engines/vllm';
import { registry } from '#lib/registry/registry';

export const engines = registry('engine', [vllm, sglang, triton]);
export type EngineId = (typeof engines.ids)[number];
