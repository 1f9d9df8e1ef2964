import type { Model } from '#lib/catalog/models';
import type { ReadingRate } from '#lib/retrieval/prefill-rate';
import { readFlopsPerToken } from '#lib/retrieval/prefill-rate';
import { parametersOf } from '#lib/sizing/weights';
import { mapBand, type Band } from '#lib/units/band';

export interface CpuReader {
  readonly model: Model;
  readonly vcpus: number;
  /** Tokens of one text: attention grows with its square. */
  readonly tokensPerText: number;
}

/**
 * FLOP/s of one vCPU of a Cascade Lake that BGE-small reaches (21.3 million parameters beside its embeddings, 12 layers
 * of 384): 1,150,000 tokens in texts of 449 on 16 vCPUs took 256.884 s by PyTorch, 125.342 s by ONNX in 32 bits and
 * 100.490 s in 8 (michaelfeil/infinity@0d1c358, docs/docs/benchmarking.md).
 */
const FLOPS_PER_VCPU: Band = { low: perVcpu(256.884), base: perVcpu(125.342), high: perVcpu(100.49) };

function perVcpu(seconds: number): number {
  const [parameters, layers, hidden, tokens, vcpus] = [21.3e6, 12, 384, 115_000 / 256, 16];
  return ((2 * parameters + 4 * layers * hidden * tokens) * 1_150_000) / seconds / vcpus;
}

/**
 * Tokens per second of a model on CPUs, from its ONNX file: `vCPUs × measured FLOP/s ÷ (2 × N + attention)`. Without such
 * a file the same processors took nine times as long with the plain weights, which no plan should ask for: a reason.
 */
export function cpuReadingRate(reader: CpuReader): ReadingRate | { readonly reasons: readonly string[] } {
  const { model, vcpus, tokensPerText } = reader;
  const parameters = parametersOf(model);
  if (parameters === null || model.layers === 0) {
    return { reasons: [`the size of ${model.name} is not published, so its speed is not known`] };
  }
  if (model.shipsOnnx !== true) {
    return { reasons: [`${model.name} has no ONNX file, without which CPUs read it too slowly`] };
  }
  const flopsPerToken = readFlopsPerToken(model, parameters.active, tokensPerText);
  const tokensPerSecond = mapBand(FLOPS_PER_VCPU, (each) => (each * vcpus) / flopsPerToken);
  return {
    tokensPerSecond,
    leastSeconds: 0,
    derivation: [
      {
        id: 'read-rate',
        label: 'Tokens per second of one replica',
        formula: 'vCPUs × FLOP/s ÷ arithmetic',
        value: tokensPerSecond.base,
        unit: 'tokens/s',
        inputs: [
          { name: 'vCPUs', value: vcpus, unit: 'vCPUs' },
          { name: 'FLOP/s', value: FLOPS_PER_VCPU.base, unit: 'FLOP/s per vCPU' },
          { name: 'arithmetic', value: flopsPerToken, unit: 'FLOP per token' },
        ],
      },
    ],
  };
}
