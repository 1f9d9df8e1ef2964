import { aiperf } from '#lib/measurements/aiperf';
import { inferencePerf } from '#lib/measurements/inference-perf';
import { inferencex } from '#lib/measurements/inferencex';
import type { ResultFormat } from '#lib/measurements/result-format';
import { vllmServe } from '#lib/measurements/vllm-serve';

/** Every format that can be read; the first that recognises a document reads it. */
export const RESULT_FORMATS: readonly ResultFormat[] = [inferencex, vllmServe, inferencePerf, aiperf];

export function formatOf(document: unknown): ResultFormat | undefined {
  return RESULT_FORMATS.find((format) => format.recognises(document));
}
