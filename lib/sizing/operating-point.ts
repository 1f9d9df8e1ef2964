import type { SizingConstants } from '#lib/catalog/calibration';
import type { Features } from '#lib/sizing/features';
import { stepTime, type StepTime } from '#lib/sizing/step-time';

/** Engine start of a request, in seconds, and how steps and running sequences stretch its prefill; fitted. */
const TTFT = { start: 0.016, steps: 10.2, crowd: 0.034, crowdPower: 1.2 } as const;

/** What the roofline says of one replica. */
export interface RooflinePoint {
  readonly tokensPerSecond: number;
  readonly tpotMs: number;
  readonly ttftMs: number;
  readonly step: StepTime;
}

/**
 * Throughput `B × OSL ÷ (B × prefill + OSL × step)`, TPOT `step + B × prefill ÷ OSL`, and the fitted TTFT
 * `0.016 s + 10.2 × step + prefill × (1 + 0.034 × B^1.2)`. Stages of a pipeline each hold a part of the sequences and
 * add up in latency.
 */
export function rooflinePoint(
  features: Features,
  concurrency: number,
  outputTokens: number,
  engine: string,
  constants: SizingConstants,
): RooflinePoint {
  const batch = concurrency / features.stages;
  const step = stepTime(features, batch, engine, constants);
  const decode = step.decode * features.stages;
  const prefill = step.prefill * features.stages;
  const ttft = TTFT.start + TTFT.steps * decode + prefill * (1 + TTFT.crowd * batch ** TTFT.crowdPower);
  return {
    tokensPerSecond: (batch * outputTokens) / (batch * step.prefill + outputTokens * step.decode),
    tpotMs: 1000 * (decode + (batch * prefill) / outputTokens),
    ttftMs: 1000 * ttft,
    step,
  };
}
