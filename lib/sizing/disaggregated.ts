import type { ServingRow } from '#lib/catalog/benchmarks';
import { input, step } from '#lib/sizing/derivation-step';
import { residentTokens, stateBytesPerSequence } from '#lib/sizing/kv-cache';
import type { SizingMethod } from '#lib/sizing/predictor';
import { cachedBytesPerToken } from '#lib/sizing/running-cache';
import { sizeServing } from '#lib/sizing/size-serving';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';
import { addBands, exactly } from '#lib/units/band';

/** Sizes a demand in the shape that it asks for: one fleet, or prompts and answers on fleets of their own. */
export function sizeDemand(
  demand: ServingDemand,
  method: SizingMethod,
  rows: readonly ServingRow[] | null,
): ServingSizing | ServingMisfit {
  const transfer = demand.techniques?.disaggregation;
  return transfer === undefined
    ? sizeServing(demand, method, rows)
    : sizeDisaggregated(demand, transfer.transferGbPerSecond, method, rows);
}

/**
 * Prompts on one fleet, answers on another, the cache sent from the first to the second. Each fleet is sized as if it
 * had that work alone: the first answers with one token, the second finds every prompt cached. `TTFT = prompt + cache ÷
 * rate + one step of the answer`. Both must be up: each has to reach the root of the availability. No measured run
 * backs the figures; the bands are those of the two parts.
 *
 * @param transferGbPerSecond - What one replica sends of its cache, GB/s (10^9)
 */
function sizeDisaggregated(
  demand: ServingDemand,
  transferGbPerSecond: number,
  method: SizingMethod,
  rows: readonly ServingRow[] | null,
): ServingSizing | ServingMisfit {
  const { model, inputTokens, ttftMs } = demand;
  const { disaggregation: _, prefixPool, speculation, ...shared } = demand.techniques ?? {};
  const availability = Math.sqrt(demand.availability);
  const answers = sizeServing(
    {
      ...demand,
      availability,
      cachedShare: 1,
      ttftMs: null,
      techniques: { ...shared, ...(speculation === undefined ? {} : { speculation }) },
    },
    method,
    rows,
  );
  if (!answers.fits) return misfit('answers', answers);
  const cacheBytes =
    (cachedBytesPerToken(model, demand.kvPrecision, demand.accelerator) ?? 0) *
      residentTokens(model, inputTokens.mean) +
    stateBytesPerSequence(model);
  const transferMs = (1000 * cacheBytes) / (transferGbPerSecond * 1e9);
  const left = ttftMs === null ? null : ttftMs - transferMs - answers.tpotMs.base;
  if (left !== null && left <= 0) {
    return {
      fits: false,
      reasons: [
        `TTFT ${transferMs.toFixed(0)} ms to send the cache of a prompt and ${answers.tpotMs.base.toFixed(0)} ms for the first step of the answer, ${ttftMs} ms asked`,
      ],
    };
  }
  const prompts = sizeServing(
    {
      ...demand,
      availability,
      outputTokens: { mean: 1, longest: 1 },
      tpotMs: null,
      ttftMs: left,
      techniques: { ...shared, ...(prefixPool === undefined ? {} : { prefixPool }) },
    },
    method,
    rows,
  );
  if (!prompts.fits) return misfit('prompts', prompts);
  const steps = [prompts.stepTokens, answers.stepTokens].filter((tokens) => tokens !== undefined);
  const gpus = (one: ServingSizing) => one.replicas * one.gpusPerReplica;
  const all = gpus(prompts) + gpus(answers);
  return {
    ...answers,
    // Both fleets are started alike.
    ...(steps.length === 0 ? {} : { stepTokens: Math.min(...steps) }),
    prompts: {
      parallelism: prompts.parallelism,
      gpusPerReplica: prompts.gpusPerReplica,
      nodesPerReplica: prompts.nodesPerReplica,
      replicas: prompts.replicas,
      spares: prompts.spares,
      concurrency: prompts.concurrency,
      requestsPerSecondPerReplica: prompts.tokensPerSecondPerReplica,
      headroom: prompts.headroom,
      transferMs,
    },
    ttftMs: addBands([prompts.ttftMs, exactly(transferMs), answers.tpotMs]),
    // The queue in front of the second fleet says nothing of the first token.
    latency: null,
    availability: prompts.availability * answers.availability,
    headroom: Math.min(prompts.headroom, answers.headroom),
    utilisation: (prompts.utilisation * gpus(prompts) + answers.utilisation * gpus(answers)) / all,
    coldStartSeconds: Math.max(prompts.coldStartSeconds, answers.coldStartSeconds),
    confidence: 'extrapolated',
    nearest: null,
    derivation:
      rows === null
        ? []
        : [
            step(
              'cache-transfer',
              'Sending the cache of a prompt',
              'KV of the prompt ÷ rate',
              transferMs,
              'ms',
              [input('KV of the prompt', cacheBytes / 1e9, 'GB'), input('rate', transferGbPerSecond, 'GB/s')],
            ),
            ...prompts.derivation.map((one) => ({
              ...one,
              id: `prompts-${one.id}`,
              label: `Prompts: ${one.label}`,
            })),
            ...answers.derivation,
          ],
  };
}

function misfit(fleet: string, { reasons }: ServingMisfit): ServingMisfit {
  return { fits: false, reasons: reasons.map((reason) => `the fleet for ${fleet}: ${reason}`) };
}
