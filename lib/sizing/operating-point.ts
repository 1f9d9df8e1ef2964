import type { Features } from '#lib/sizing/features';
import { stepTime, type StepRates, type StepTime } from '#lib/sizing/step-time';

/** Engine start of a request, in seconds, and how steps and running sequences stretch its prefill; fitted. */
const TTFT = { start: 0.016, steps: 10.2, crowd: 0.034, crowdPower: 1.2 } as const;

const UNCHANGED = { decode: 1, prefill: 1 } as const;

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
 *
 * @param rates - Of the same features
 * @param effect - Factors of what is switched on beyond the plain engine, on both kinds of step
 */
export function rooflinePoint(
  features: Features,
  concurrency: number,
  outputTokens: number,
  rates: StepRates,
  effect: { readonly decode: number; readonly prefill: number } = UNCHANGED,
): RooflinePoint {
  const batch = concurrency / features.stages;
  const plain = stepTime(features, batch, rates);
  const step = {
    ...plain,
    decode: plain.decode * effect.decode,
    prefill: plain.prefill * effect.prefill,
  };
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
