import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { candidateOf, heldLoads } from '#lib/sizing/candidate';
import type { NodeFabric } from '#lib/sizing/fabric';
import { collective, kernelHardware } from '#lib/sizing/kernels/operators';
import { nodesOf } from '#lib/sizing/parallelism';
import { sizeServing } from '#lib/sizing/size-serving';
import type { ServingDemand } from '#lib/sizing/sizing';
import { demandFor, sized } from './demand';
import { ALL_GATHERS } from './measured-gathers';

const catalog = loadCatalog();
/** Eight cards of 400 Gb/s, and what the catalog assumes of them. */
const FABRIC: NodeFabric = {
  gbPerSecond: 400,
  share: { low: 0.6, base: 0.8, high: 0.92 },
  startMicroseconds: { low: 38, base: 70, high: 85 },
};
/** Long answers: what a node holds of their cache decides. */
const LONG: Partial<ServingDemand> = {
  peakRequestsPerSecond: 8,
  meanRequestsPerSecond: 3,
  inputTokens: { mean: 6000, longest: 18_000 },
  outputTokens: { mean: 6000, longest: 18_000 },
  ttftMs: null,
  tpotMs: 120,
  attentionData: 'nodes',
};
const ACROSS: Partial<ServingDemand> = { ...LONG, fabric: FABRIC };

const gpusOf = (model: string, gpu: string, changes: Partial<ServingDemand>) => {
  const { replicas, gpusPerReplica } = sized(demandFor(model, gpu, changes));
  return replicas * gpusPerReplica;
};

/** Layouts that hold a model, those over nodes as `nodes × GPUs of one`. */
const overNodes = (model: string, gpu: string, changes: Partial<ServingDemand>) =>
  heldLoads(demandFor(model, gpu, changes))
    .map(({ shape }) => shape)
    .filter(({ attentionData, pipeline }) => attentionData > 1 && pipeline === 1)
    .map((shape) => `${nodesOf(shape)} × ${shape.tensor / nodesOf(shape)}`);

describe('an exchange between nodes', () => {
  const accelerator = catalog.accelerators.get('h100-sxm');
  const table = catalog.kernelTable('h100-sxm');
  if (accelerator === undefined || table === null) throw new Error('no measured operators of H100');
  const hardware = kernelHardware(accelerator, table, 'vllm');
  const gather = (bytes: number, nodes: number, gbPerSecond: number) =>
    1e6 *
    collective(hardware, 'all_gather', 8 * nodes, bytes, {
      nodes,
      bytesPerSecond: gbPerSecond * 1e9,
      startSeconds: nodes * 70e-6,
    });

  it('takes its start and what the slower network needs for its part', () => {
    // Half of 32 MiB comes from the other node: 16.78 MB at 40 GB/s are 419.4 µs, and 2 × 70 µs.
    expect(gather(2 ** 25, 2, 40)).toBeCloseTo(559.4, 1);
    // At ten times that rate the GPUs' own link takes longer, as within one node.
    const within = 1e6 * collective(hardware, 'all_gather', 8, 2 ** 25, null);
    expect(gather(2 ** 25, 2, 400)).toBeCloseTo(140 + within, 6);
  });

  it('is as measured over 2 to 16 nodes of H100, 6 % off in the median', () => {
    const errors = ALL_GATHERS.map(({ nodes, mebibytes, gbPerSecond }) => {
      const bytes = mebibytes * 2 ** 20;
      const measured = bytes / gbPerSecond / 1e3;
      return Math.abs(gather(bytes, nodes, 400 * FABRIC.share.base) / measured - 1);
    }).toSorted((a, b) => a - b);
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.06);
    expect(errors.at(-1)).toBeLessThan(0.3);
  });
});

describe('attention groups over nodes', () => {
  it('are offered where a model takes a whole node, from the fewest that hold it to twice as many', () => {
    expect(overNodes('deepseek-r1', 'h200-sxm', ACROSS)).toEqual(['1 × 8', '2 × 8']);
    // One node does not hold the weights of Kimi K2: its 384 experts divide by 16, 24 and 32.
    expect(overNodes('kimi-k2', 'h200-sxm', ACROSS)).toEqual(['2 × 8', '3 × 8', '4 × 8']);
    // Half a node holds it in 4 bits: nodes are not joined.
    expect(overNodes('deepseek-r1', 'b200-sxm', { ...ACROSS, precision: 'fp4' })).toEqual(['1 × 4', '1 × 8']);
  });

  it('are not offered without a figure of the network, nor where engine or target keep to a node', () => {
    const none = (changes: Partial<ServingDemand>) =>
      overNodes('kimi-k2', 'h200-sxm', { ...ACROSS, ...changes });
    expect(overNodes('kimi-k2', 'h200-sxm', LONG)).toEqual([]);
    expect(none({ attentionData: 'one-node' })).toEqual([]);
    expect(none({ mostNodesPerReplica: 1 })).toEqual([]);
    expect(none({ spreadsExperts: false })).toEqual([]);
    expect(none({ mostGroupedGpus: 16 })).toEqual(['2 × 8']);
  });

  it('keep to models with latent attention and experts', () => {
    expect(overNodes('llama-3.1-405b', 'h100-sxm', ACROSS)).toEqual([]);
    expect(overNodes('qwen3-235b-a22b', 'h100-sxm', ACROSS)).toEqual([]);
  });

  it('take fewer GPUs than single nodes, or pipelines without groups', () => {
    // 112 and not 128, 120 and not 352: each calibration moves them by a replica.
    const saved = (model: string) => gpusOf(model, 'h200-sxm', ACROSS) / gpusOf(model, 'h200-sxm', LONG);
    expect(saved('deepseek-r1')).toBeLessThan(0.95);
    expect(saved('kimi-k2')).toBeLessThan(0.45);
  });

  it('never take more GPUs than what one node or a pipeline can do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('deepseek-r1', 'kimi-k2', 'glm-5', 'gpt-oss-120b'),
        fc.constantFrom('h200-sxm', 'b200-sxm', 'h100-sxm'),
        fc.constantFrom('fp8', 'fp4'),
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.integer({ min: 200, max: 8000 }),
        fc.integer({ min: 50, max: 4000 }),
        fc.constantFrom(null, 40, 100),
        (model, gpu, precision, rps, input, output, tpotMs) => {
          const demand = demandFor(model, gpu, {
            precision,
            peakRequestsPerSecond: rps,
            inputTokens: { mean: input, longest: 3 * input },
            outputTokens: { mean: output, longest: 3 * output },
            ttftMs: null,
            tpotMs,
          });
          const gpus = (changes: Partial<ServingDemand>) => {
            const found = sizeServing({ ...demand, ...changes }, catalog, null);
            return found.fits ? found.replicas * found.gpusPerReplica : Number.POSITIVE_INFINITY;
          };
          const across = gpus({ attentionData: 'nodes', fabric: FABRIC });
          expect(across).toBeLessThanOrEqual(gpus({ attentionData: 'one-node' }));
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });

  it('are pinned by the degree that counts all their GPUs', () => {
    const pinned = sized(demandFor('deepseek-r1', 'h200-sxm', { ...ACROSS, tensorParallel: 16 }));
    expect(pinned.parallelism).toEqual({ tensor: 16, pipeline: 1, expert: 16, data: 16 });
    expect(pinned.nodesPerReplica).toBe(2);
    const without = sizeServing(
      demandFor('deepseek-r1', 'h200-sxm', { ...LONG, tensorParallel: 16 }),
      catalog,
      null,
    );
    expect(without).toMatchObject({
      fits: false,
      reasons: [expect.stringContaining('tensor parallel 16 asked')],
    });
  });

  it('say what the exchange between nodes is made of, and nothing within one', () => {
    const stepOf = (changes: Partial<ServingDemand>) =>
      sized(demandFor('deepseek-r1', 'h200-sxm', { ...ACROSS, ...changes })).derivation.find(
        ({ id }) => id === 'exchange-between-nodes',
      );
    const step = stepOf({ tensorParallel: 16 });
    const valueOf = (name: string) => Number(step?.inputs.find((one) => one.name === name)?.value);
    // 1,101 tokens of 7,168 values in 16 bits; half of them cross at 320 GB/s, which takes less than within a node.
    expect(valueOf('bytes')).toBe(1101 * 7168 * 2);
    const least = 2 * 58 * (2 * 70e-3 + (1e3 * valueOf('bytes')) / 2 / 320e9);
    expect(step?.value).toBeGreaterThan(least);
    expect(step?.value).toBeLessThan(1.5 * least);
    expect(stepOf({ tensorParallel: 8 })).toBeUndefined();
  });

  it('are down with any of their nodes, and extrapolated', () => {
    const demand = demandFor('kimi-k2', 'h200-sxm', ACROSS);
    const found = sized(demand);
    const { mtbfHours, mttrHours } = demand.replica;
    expect([found.parallelism.data, found.nodesPerReplica]).toEqual([24, 3]);
    expect(found.confidence).toBe('extrapolated');
    // No spare: all of them are needed, each up as long as all of its nodes.
    const alone = sized({ ...demand, availability: 0.5 });
    const up = mtbfHours / 3 / (mtbfHours / 3 + mttrHours);
    expect(alone.spares).toBe(0);
    expect(alone.availability).toBeCloseTo(up ** alone.replicas, 9);
  });

  it('make no more tokens over a slower network, and answer no faster', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('deepseek-r1', 'kimi-k2'),
        fc.double({ min: 5, max: 800, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        fc.constantFrom(32, 256, 700),
        (model, gbPerSecond, slower, concurrency) => {
          const at = (rate: number) => {
            const fabric = { ...FABRIC, gbPerSecond: rate };
            const demand = demandFor(model, 'h200-sxm', { ...ACROSS, fabric, tensorParallel: 16 });
            const [load] = heldLoads(demand);
            const point = load === undefined ? undefined : candidateOf(demand, load, catalog)?.candidate;
            if (point == null) throw new Error('no layout');
            return point.predictor.at(concurrency);
          };
          const [fast, slow] = [at(gbPerSecond), at(gbPerSecond * slower)];
          expect(slow.tokensPerSecond).toBeLessThanOrEqual(fast.tokensPerSecond);
          expect(slow.tpotMs).toBeGreaterThanOrEqual(fast.tpotMs);
          expect(slow.ttftMs).toBeGreaterThanOrEqual(fast.ttftMs);
        },
      ),
      { seed: 7, numRuns: 40 },
    );
  });

  it('have bands at least as wide as what is known of the network', () => {
    const demand = demandFor('deepseek-r1', 'h200-sxm', { ...ACROSS, tensorParallel: 16 });
    const { tokensPerSecondPerReplica: doubtful } = sized(demand);
    const exact: NodeFabric = {
      ...FABRIC,
      share: { low: 0.8, base: 0.8, high: 0.8 },
      startMicroseconds: { low: 70, base: 70, high: 70 },
    };
    const { tokensPerSecondPerReplica: known } = sized({ ...demand, fabric: exact });
    expect(doubtful.base).toBeCloseTo(known.base, 6);
    expect(doubtful.low).toBeLessThan(known.low);
    expect(doubtful.high).toBeGreaterThan(known.high);
  });
});
