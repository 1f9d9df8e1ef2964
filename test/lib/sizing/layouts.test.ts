import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { expertDegree, replicaShapes } from '#lib/sizing/parallelism';
import { sizeServing } from '#lib/sizing/size-serving';
import type { ServingDemand } from '#lib/sizing/sizing';
import { demandFor } from './demand';

const catalog = loadCatalog();

/** Groups of attention by `tensor × pipeline`, of the layouts that have any. */
function grouped(changes: Partial<ServingDemand>, fitsOneNode = true): readonly string[] {
  const demand = demandFor('deepseek-r1', 'h200-sxm', { gpusPerNode: 8, ...changes });
  // As if nothing narrower than a node held the model, or nothing at all on one.
  const fits = ({ tensor, pipeline }: { tensor: number; pipeline: number }) =>
    fitsOneNode ? tensor === 8 || tensor === 4 : pipeline > 1;
  return replicaShapes(demand, fits)
    .filter(({ attentionData }) => attentionData > 1)
    .map(({ tensor, pipeline }) => `${tensor} × ${pipeline}`);
}

describe('attention data parallelism', () => {
  it('is offered within a node and through pipelines where nothing limits it', () => {
    expect(grouped({})).toEqual(['4 × 1', '8 × 1']);
    expect(grouped({}, false)).toEqual(['8 × 2', '8 × 3', '8 × 4']);
  });

  it.each(['one-node', 'nodes'] as const)('keeps out of pipelines with a reach of %s', (attentionData) => {
    expect(grouped({ attentionData })).toEqual(['4 × 1', '8 × 1']);
    expect(grouped({ attentionData }, false)).toEqual([]);
  });

  it('takes a whole node where copies of a replica would share its container', () => {
    expect(grouped({ attentionData: 'whole-node' })).toEqual(['8 × 1']);
    expect(grouped({ attentionData: 'whole-node' }, false)).toEqual([]);
  });

  it('is not offered where the engine has none', () => {
    expect(grouped({ attentionData: 'none' })).toEqual([]);
    expect(grouped({ attentionData: 'none' }, false)).toEqual([]);
  });

  it('holds more sequences of latent attention than plain tensor parallelism', () => {
    const most = (attentionData: 'none' | 'one-node') => {
      const demand = demandFor('deepseek-r1', 'h200-sxm', {
        precision: 'fp8',
        gpusPerNode: 8,
        mostNodesPerReplica: 1,
        attentionData,
        inputTokens: { mean: 2048, longest: 6144 },
        outputTokens: { mean: 512, longest: 1536 },
        peakRequestsPerSecond: 20,
        meanRequestsPerSecond: 8,
        ttftMs: null,
        tpotMs: null,
        percentile: null,
      });
      const found = sizeServing(demand, catalog, null);
      if (!found.fits) throw new Error(found.reasons.join());
      return { groups: found.parallelism.data, most: found.maxConcurrency };
    };
    expect(most('none').groups).toBe(1);
    expect(most('one-node').groups).toBe(8);
    expect(most('one-node').most).toBeGreaterThan(2 * most('none').most);
  });
});

describe('experts', () => {
  const shape = { tensor: 8, pipeline: 1, attentionData: 1 };
  const degree = (model: string, changes: Partial<ServingDemand> = {}) =>
    expertDegree(demandFor(model, 'h200-sxm', changes), shape);

  it('are spread over a tensor group that their number divides by', () => {
    expect(degree('deepseek-r1')).toBe(8);
    expect(degree('llama-3.1-70b')).toBe(1);
  });

  it('are split where the engine cannot spread them', () => {
    expect(degree('deepseek-r1', { spreadsExperts: false })).toBe(1);
  });
});

describe('a step of SGLang in groups', () => {
  const told = (calibration: 'vllm' | 'sglang', attentionData: 'none' | 'one-node') => {
    const demand = demandFor('deepseek-r1', 'h200-sxm', {
      precision: 'fp8',
      gpusPerNode: 8,
      calibration,
      attentionData,
      tpotMs: null,
      ttftMs: null,
      percentile: null,
    });
    const found = sizeServing(demand, catalog, null);
    if (!found.fits) throw new Error(found.reasons.join());
    return { groups: found.parallelism.data, step: found.stepTokens };
  };

  it('is told to it, since it would share its own out to them', () => {
    expect(told('sglang', 'one-node')).toEqual({ groups: 8, step: 8192 });
    expect(told('sglang', 'none')).toEqual({ groups: 1, step: undefined });
  });
});

describe('a replica of a mixture whose copies would share their experts', () => {
  const ENDPOINT = { mixturesTakeNodes: true, mostNodesPerReplica: 1 };
  const shapesOf = (model: string, changes: Partial<ServingDemand>) =>
    replicaShapes(demandFor(model, 'h100-sxm', changes), () => true).map(({ tensor }) => tensor);

  it('takes its whole node', () => {
    expect(shapesOf('gpt-oss-120b', { ...ENDPOINT, gpusPerNode: 8 })).toEqual([8]);
    expect(shapesOf('gpt-oss-120b', { ...ENDPOINT, gpusPerNode: 1 })).toEqual([1]);
    expect(shapesOf('gpt-oss-120b', { gpusPerNode: 8 })).toEqual([1, 2, 4, 8]);
  });

  it('leaves dense models as they are', () => {
    expect(shapesOf('llama-3.1-70b', { ...ENDPOINT, gpusPerNode: 8 })).toEqual([1, 2, 4, 8]);
  });

  it('is refused with the reason where another degree is pinned', () => {
    const demand = demandFor('gpt-oss-120b', 'h100-sxm', {
      ...ENDPOINT,
      gpusPerNode: 8,
      tensorParallel: 2,
    });
    expect(sizeServing(demand, catalog, null)).toMatchObject({
      fits: false,
      reasons: [expect.stringContaining('a replica of a mixture takes all 8 of its node')],
    });
  });
});
