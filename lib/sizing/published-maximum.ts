import type { Model } from '#lib/catalog/models';
import { shipsMxfp4 } from '#lib/sizing/checkpoint';

/** Lengths and layout of a published maximum of throughput. */
interface PublishedRun {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly pipeline: number;
}

/**
 * Requests of TensorRT-LLM's published maximum-throughput runs, by input and output tokens; few requests make few waves,
 * and the last one is not full. Others lengths are taken as an endless backlog.
 */
const REQUESTS: Readonly<Record<string, number>> = {
  '128/128': 30_000,
  '128/2048': 3000,
  '128/4096': 1500,
  '500/2000': 3000,
  '1000/1000': 3000,
  '1000/2000': 1500,
  '1024/1024': 3000,
  '1024/8192': 1500,
  '1024/32768': 1000,
  '2048/128': 3000,
  '2048/2048': 1500,
  '5000/500': 1500,
  '8192/1024': 1500,
  '20000/2000': 1000,
  '32768/1024': 1000,
};

export function publishedRequests({ inputTokens, outputTokens }: PublishedRun): number {
  return REQUESTS[`${inputTokens}/${outputTokens}`] ?? Number.POSITIVE_INFINITY;
}

/** What `trtllm-bench` starts the engine with. */
export interface BenchSettings {
  /** Sequences of one pipeline stage and attention group. */
  readonly sequences: number;
  /** Tokens of one step, each attention group: of running sequences and of prompts. */
  readonly stepTokens: number;
}

/** The engine's own settings, for formats that the heuristic does not know. */
const UNTUNED: BenchSettings = { sequences: 2048, stepTokens: 8192 };
const MOST: BenchSettings = { sequences: 4096, stepTokens: 32_768 };
const LEAST: BenchSettings = { sequences: 64, stepTokens: 2048 };

/**
 * The heuristic of `trtllm-bench` where neither is asked for (`tensorrt_llm/bench/build/tuning.py`): as many sequences
 * as memory holds, and of tokens what these and their successors' prompts need in a balanced step.
 *
 * @param resident - Sequences that memory holds
 */
export function benchSettings(model: Model, resident: number, run: PublishedRun): BenchSettings {
  if (shipsMxfp4(model)) return UNTUNED;
  const sequences = Math.min(resident, MOST.sequences) / run.pipeline;
  const balanced = sequences * (1 + run.inputTokens / run.outputTokens);
  const tokens = Math.min(balanced, MOST.stepTokens);
  const bySequences = sequences < 256 ? 32 : sequences < 1024 ? 128 : 256;
  const byTokens = tokens < 4096 ? 256 : tokens < 8192 ? 512 : 1024;
  return {
    sequences: Math.max(LEAST.sequences, roundedUp(sequences, bySequences)),
    stepTokens: Math.max(LEAST.stepTokens, roundedUp(tokens, byTokens)),
  };
}

/**
 * Tokens of prompts in one step of such a run, each attention group. Prompts are not cut into pieces there: a step holds
 * at least one.
 *
 * @param running - Sequences of all stages and groups
 */
export function benchPromptTokens(
  model: Model,
  running: number,
  run: PublishedRun & { readonly attentionData: number },
): number {
  const { stepTokens } = benchSettings(model, running, run);
  const decoding = running / run.pipeline / Math.max(1, run.attentionData);
  return Math.max(run.inputTokens, stepTokens - decoding);
}

function roundedUp(value: number, to: number): number {
  return to * Math.ceil(value / to);
}
