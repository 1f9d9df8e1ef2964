import type { Server } from '#lib/queueing/server';
import { slotsOf } from '#lib/queueing/server';
import type { Step, StepInput } from '#lib/units/derivation';
import { PERCENTILES } from '#lib/units/percentile';
import { input, step } from '#lib/sizing/derivation-step';
import type { LatencyAtRate, LatencySpread } from '#lib/sizing/latency-under-load';
import type { ServingDemand } from '#lib/sizing/sizing';

/** How the latencies at the peak follow from the queue of one replica. */
export function latencySteps(
  demand: ServingDemand,
  server: Server,
  { requestsPerSecond, running, waitingShare, ttftMs, tpotMs }: LatencyAtRate,
): Step[] {
  const { percentile } = demand;
  if (percentile === null) return [];
  const prompt = server.secondsPerPromptToken * server.inputTokens.mean;
  const decode = server.decodeSeconds[Math.min(slotsOf(server), Math.round(running))] ?? 0;
  const shared = [
    input('rate', requestsPerSecond, 'requests/s per replica'),
    input('decode step', 1000 * decode, 'ms'),
    input('prompt', 1000 * prompt, 'ms'),
    input('busy with prompts', requestsPerSecond * prompt, 'share 0–1'),
    input('running', running, 'sequences'),
  ];
  return [
    step(
      'ttft-at-peak',
      `Time to first token at the peak, ${percentile}`,
      'start + rest of a step + step with the prompts + wait for a slot, under random arrivals',
      ttftMs[percentile],
      'ms',
      [
        ...shared,
        input('start', 1000 * server.startSeconds, 'ms'),
        input('find no slot', waitingShare, 'share 0–1'),
        input('variation of prompts', server.inputTokens.variation, 'deviation ÷ mean'),
        ...spread(ttftMs),
        input('objective', demand.ttftMs ?? 'none', 'ms'),
      ],
    ),
    step(
      'tpot-at-peak',
      `Time per output token at the peak, ${percentile}`,
      'decode step ÷ (1 − busy with prompts), over what runs and arrives meanwhile',
      tpotMs[percentile],
      'ms',
      [
        ...shared,
        input('variation of answers', server.outputTokens.variation, 'deviation ÷ mean'),
        ...spread(tpotMs),
        input('objective', demand.tpotMs ?? 'none', 'ms'),
      ],
    ),
  ];
}

function spread(latency: LatencySpread): StepInput[] {
  return [
    input('mean', latency.mean, 'ms'),
    ...PERCENTILES.map((percentile) => input(percentile, latency[percentile], 'ms')),
  ];
}
