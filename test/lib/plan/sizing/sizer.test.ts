import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { USUAL_ENGINE_MEMORY } from '#lib/sizing/engine-memory';
import type { ServingDemand } from '#lib/sizing/sizing';

const catalog = loadCatalog();
/** Of everything two values or three: many demands then differ in little, which is where an answer may be mistaken. */
const DEMANDS = record({
  model: constantFrom('llama-3.1-70b', 'gpt-oss-120b', 'deepseek-r1'),
  accelerator: constantFrom('h100-sxm', 'l40s'),
  gpusPerNode: constantFrom(4, 8),
  precision: constantFrom('bf16', 'fp8'),
  memoryShare: constantFrom(0.8, 0.9),
  longest: constantFrom(2_000, 16_000),
  cachedShare: constantFrom(0, 0.3),
  fixedGib: constantFrom(1, 3),
  loadGbPerSecond: constantFrom(1, 2),
  storedAs: constantFrom(undefined, 'bf16'),
  mostNodesPerReplica: constantFrom(undefined, 1),
  attentionData: constantFrom('any', 'whole-node'),
  gbPerSecond: constantFrom(undefined, 50, 400),
  tensorParallel: constantFrom(undefined, undefined, 4),
  percentile: constantFrom(null, 'p95'),
  tpotMs: constantFrom(null, 40),
  requestsPerSecond: integer({ min: 1, max: 40 }),
}).map((drawn): ServingDemand => {
  const [model, accelerator] = [catalog.models.get(drawn.model), catalog.accelerators.get(drawn.accelerator)];
  if (model === undefined || accelerator === undefined) throw new Error('the catalog lacks what is drawn');
  const fabric = {
    share: { low: 0.6, base: 0.8, high: 0.9 },
    startMicroseconds: { low: 38, base: 70, high: 85 },
  };
  return {
    model,
    accelerator,
    gpusPerNode: drawn.gpusPerNode,
    precision: drawn.precision,
    kvPrecision: 'bf16',
    calibration: 'vllm',
    memoryShare: drawn.memoryShare,
    cachedShare: drawn.cachedShare,
    fill: 0.7,
    peakRequestsPerSecond: drawn.requestsPerSecond,
    meanRequestsPerSecond: drawn.requestsPerSecond / 2,
    tpotMs: drawn.tpotMs,
    ttftMs: 3_000,
    percentile: drawn.percentile,
    inputTokens: { mean: 1_000, longest: drawn.longest },
    outputTokens: { mean: 200, longest: 1_000 },
    availability: 0.99,
    coldStart: { loadGbPerSecond: drawn.loadGbPerSecond, compileSeconds: 120 },
    engineMemory: { ...USUAL_ENGINE_MEMORY, fixedGib: drawn.fixedGib },
    replica: { mtbfHours: 500, mttrHours: 0.2, nodeShare: 0 },
    attentionData: drawn.attentionData,
    ...(drawn.storedAs === undefined ? {} : { storedAs: drawn.storedAs }),
    ...(drawn.mostNodesPerReplica === undefined ? {} : { mostNodesPerReplica: drawn.mostNodesPerReplica }),
    ...(drawn.tensorParallel === undefined ? {} : { tensorParallel: drawn.tensorParallel }),
    ...(drawn.gbPerSecond === undefined ? {} : { fabric: { ...fabric, gbPerSecond: drawn.gbPerSecond } }),
  };
});

describe('a sizer that remembers', () => {
  const shared = rememberingSizer(catalog);

  it('answers as one that was asked nothing before', () => {
    assert(
      property(DEMANDS, (demand) => {
        const fresh = rememberingSizer(catalog);
        const least = [fresh, shared].map((sizer) => [1, 3].map(sizer.leastGpus({ ...demand })));
        expect(least[1]).toEqual(least[0]);
        expect(shared.search({ ...demand })).toEqual(fresh.search({ ...demand }));
        expect(shared.measured({ ...demand })).toEqual(fresh.measured({ ...demand }));
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
