import type { ZeroStage } from '#lib/training/zero-stage';

/**
 * Cost of a million tokens in USD: the price of a GPU-hour ÷ (million tokens per GPU-hour × use). `use` is the share of
 * the throughput that serves somebody. InferenceX computes its cost per token this way, at a use of 1.
 */
export function usdPerMillionTokens(usdPerGpuHour: number, tokensPerSecondPerGpu: number, use = 1): number {
  return usdPerGpuHour / (((tokensPerSecondPerGpu * 3600) / 1e6) * use);
}

/**
 * Hours of use after which owning is cheaper than renting: price of the hardware ÷ (rent − own running cost) per hour;
 * `null` where it never is. Formula of Lenovo's on-premises versus cloud paper (2025).
 */
export function breakEvenHours(
  hardwareUsd: number,
  rentUsdPerHour: number,
  runningUsdPerHour: number,
): number | null {
  const saved = rentUsdPerHour - runningUsdPerHour;
  return saved > 0 ? hardwareUsd / saved : null;
}

/**
 * Months after which owned hardware has paid for itself against an API: price ÷ (API bill − electricity); `null` where
 * it never does. Undiscounted, as in Pan et al., who run it 160 h a month and blend one input with two output tokens.
 */
export function paybackMonths(deployment: {
  readonly hardwareUsd: number;
  readonly powerKw: number;
  readonly hoursPerMonth: number;
  readonly usdPerKwh: number;
  readonly millionTokensPerMonth: number;
  readonly apiUsdPerMillionTokens: number;
}): number | null {
  const { hardwareUsd, powerKw, hoursPerMonth, usdPerKwh } = deployment;
  const saved =
    deployment.millionTokensPerMonth * deployment.apiUsdPerMillionTokens -
    powerKw * hoursPerMonth * usdPerKwh;
  return saved > 0 ? hardwareUsd / saved : null;
}

/** One price for prompts and answers together: input and output prices weighted by the share of input tokens. */
export function blendedUsdPerMillion(inputUsd: number, outputUsd: number, inputShare: number): number {
  return inputUsd * inputShare + outputUsd * (1 - inputShare);
}

/**
 * Million tokens a month at which a fleet of fixed cost equals an API without fixed cost; `null` where the fleet cannot
 * serve that many, so that it never breaks even.
 */
export function breakEvenMillionTokens(
  fleetUsdPerMonth: number,
  apiUsdPerMillionTokens: number,
  capacityMillionTokensPerMonth: number,
): number | null {
  const millions = fleetUsdPerMonth / apiUsdPerMillionTokens;
  return millions <= capacityMillionTokensPerMonth ? millions : null;
}

/** Tokens per second of one MW. `kwPerGpu` includes the facility's overhead where the source's figure does. */
export function tokensPerSecondPerMw(tokensPerSecondPerGpu: number, kwPerGpu: number): number {
  return (tokensPerSecondPerGpu * 1000) / kwPerGpu;
}

/** Joules of one token: watts ÷ tokens per second. */
export function joulesPerToken(tokensPerSecondPerGpu: number, kwPerGpu: number): number {
  return (kwPerGpu * 1000) / tokensPerSecondPerGpu;
}

/** Share of peak FLOPs that a run reached: `FLOPs ÷ (GPU hours × 3600 × peak)`; the peak is FLOP/s of one GPU. */
export function flopsUtilisation(flops: number, gpuHours: number, peakFlops: number): number {
  return flops / (gpuHours * 3600 * peakFlops);
}

/** Hours of a run: `FLOPs ÷ (GPUs × peak × MFU) ÷ 3600`; `flopsPerSecond` is what one GPU delivers, MFU included. */
export function trainingHours(flops: number, gpus: number, flopsPerSecond: number): number {
  return flops / (gpus * flopsPerSecond) / 3600;
}

/**
 * FLOPs per token of LoRA: `4 × N + 4 × layers × hidden × sequence`. The frozen base has no weight gradient, and causal
 * attention is counted forward and for the gradient of its activations.
 */
export function loraFlopsPerToken(shape: {
  readonly parameters: number;
  readonly layers: number;
  readonly hidden: number;
  readonly sequenceTokens: number;
}): number {
  return 4 * shape.parameters + 4 * shape.layers * shape.hidden * shape.sequenceTokens;
}

/**
 * Bytes of model state on one GPU with Adam in mixed precision: 2 for weights, 2 for gradients, 12 for the FP32 master
 * and two moments, each divided by the GPUs from its stage on (Rajbhandari et al., ZeRO).
 */
export function modelStateBytes(parameters: number, stage: ZeroStage, gpus: number): number {
  const weights = stage >= 3 ? 2 / gpus : 2;
  const gradients = stage >= 2 ? 2 / gpus : 2;
  const optimiser = stage >= 1 ? 12 / gpus : 12;
  return parameters * (weights + gradients + optimiser);
}

/** Elasticsearch kNN tuning guide, bytes per vector by element type, and of the graph: `4 × M`. */
export function elasticsearchBytesPerVector(dimensions: number, links: number) {
  return {
    float: 4 * dimensions,
    int8: dimensions + 4,
    int4: dimensions / 2 + 4,
    bbq: dimensions / 8 + 14,
    graph: 4 * links,
  };
}

interface Graph {
  readonly vectors: number;
  readonly dimensions: number;
  readonly links: number;
}

/** Baidu VectorDB sizing page: `1.1 × (4 × d + 8 × M) × N` bytes. */
export function baiduBytes({ vectors, dimensions, links }: Graph): number {
  return 1.1 * (4 * dimensions + 8 * links) * vectors;
}

/** ScyllaDB vector sizing: `N × (d × bytes + 16 × m) × 1.2`. */
export function scyllaBytes(graph: Graph & { readonly bytesPerDimension: number }): number {
  return graph.vectors * (graph.dimensions * graph.bytesPerDimension + 16 * graph.links) * 1.2;
}
