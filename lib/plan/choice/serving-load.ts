import type { Engine } from '#lib/engines/engine';
import type { Load } from '#lib/plan/choice/choose-node';
import { layoutsOf } from '#lib/plan/sizing/engine-layouts';
import { longestTokens, sizedPeak } from '#lib/plan/demand';
import { variationOf, type LengthFigures } from '#lib/plan/sizing/length-variation';
import type { Context } from '#lib/plan/plan-request';
import { assumedEngineMemory } from '#lib/plan/sizing/engine-memory';
import { replicaFailures } from '#lib/plan/sizing/replica-failures';
import { sizedTechniques } from '#lib/plan/sizing/serving-techniques';

/** What every candidate of an option is asked to carry. */
export function loadOf(
  context: Context,
  engine: Engine,
  engineKnobs: Readonly<Record<string, unknown>>,
): Load {
  const { scenario, option, prices, catalog, target } = context;
  const { traffic, objectives } = scenario;
  const { serving } = option;
  const reusesPrefixes = engine.reusesPrefixes(engineKnobs);
  const longest = longestTokens(scenario);
  const techniques = sizedTechniques(serving, longest.input + longest.output, catalog, prices);
  return {
    ...(techniques === undefined ? {} : { techniques }),
    ...(target.mostNodesPerReplica === undefined ? {} : { mostNodesPerReplica: target.mostNodesPerReplica }),
    ...(target.mixturesTakeNodes === undefined ? {} : { mixturesTakeNodes: target.mixturesTakeNodes }),
    ...layoutsOf(engine, serving, target.attentionData),
    kvPrecision: serving.kvPrecision,
    calibration: engine.calibration,
    memoryShare: engine.memoryShare(engineKnobs),
    peakRequestsPerSecond: sizedPeak(scenario),
    ...(traffic.burstiness === undefined ? {} : { burstiness: traffic.burstiness }),
    meanRequestsPerSecond: traffic.requestsPerSecond.mean,
    inputTokens: lengthsOf(traffic.inputTokens, longest.input),
    outputTokens: lengthsOf(traffic.outputTokens, longest.output),
    cachedShare: reusesPrefixes ? traffic.cachedShare : 0,
    ...(reusesPrefixes ? {} : { reusesPrefixes }),
    ttftMs: objectives.ttftMs ?? null,
    tpotMs: objectives.tpotMs ?? null,
    percentile: objectives.percentile,
    availability: objectives.availability,
    fill: serving.fill,
    ...(serving.tensorParallel === undefined ? {} : { tensorParallel: serving.tensorParallel }),
    coldStart: {
      loadGbPerSecond: prices.assumption('weights.load-gb-per-second').base,
      compileSeconds: prices.assumption('engine.compile-seconds').base,
    },
    engineMemory: assumedEngineMemory(prices, engine.countsLoading(engineKnobs)),
    replica: replicaFailures(prices),
  };
}

function lengthsOf(figures: LengthFigures, longest: number): Load['inputTokens'] {
  const variation = variationOf(figures);
  return { mean: figures.mean, longest, ...(variation === undefined ? {} : { variation }) };
}
