import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loraParameters } from '#lib/sizing/lora-parameters';
import { modelStateBytes } from '../../anchors/published-formulas';
import { OPTIMISERS, trainingMemory, TUNING_METHODS, type MemoryDemand } from '#lib/training/memory';
import { UNSPLIT } from '#lib/training/setup';
import { GB, GIB } from '#lib/units/bytes';
import { model, shape } from './training-fixtures';

const DEMAND: MemoryDemand = {
  shape: shape('llama-3.1-8b'),
  method: 'full',
  optimiser: 'adam',
  zero: 0,
  gpus: 1,
  layout: UNSPLIT,
  sequenceTokens: 2048,
  microBatch: 1,
  activations: 'recompute',
  chunksLogits: false,
  sumsIn32Bits: false,
  adapterParameters: null,
  frozenParameters: 0,
  offloads: false,
};

function statesGb(change: Partial<MemoryDemand>): number {
  const { weightsGib, gradientsGib, optimiserGib } = trainingMemory({ ...DEMAND, ...change });
  return ((weightsGib + gradientsGib + optimiserGib) * GIB) / GB;
}

function adapters(id: string, rank = 16): Partial<MemoryDemand> {
  return { shape: shape(id), adapterParameters: loraParameters(model(id), rank, ['q', 'v', 'o']) };
}

describe('the states of a full training', () => {
  it.each([
    [1, 1699.5],
    [2, 900.48],
    [3, 101.46],
  ] as const)('of 405.85 × 10^9 parameters at ZeRO-%i take %d GB on each of 64 GPUs', (zero, gb) => {
    expect(statesGb({ shape: shape('llama-3.1-405b'), zero, gpus: 64 }) / gb).toBeCloseTo(1, 2);
  });

  it.each([
    ['adam', 16],
    ['adam-8bit', 6],
    ['pure-bf16', 8],
    ['paged-adam-8bit', 2],
  ] as const)('with %s take %i bytes a parameter', (optimiser, bytes) => {
    expect(statesGb({ optimiser }) / 8.03).toBeCloseTo(bytes, 1);
  });

  it.each([0, 1, 2, 3] as const)('with Adam are those that its authors state at ZeRO-%i', (zero) => {
    const bytes = modelStateBytes(8.03e9, zero, 64);
    expect(statesGb({ zero, gpus: 64 })).toBeCloseTo(bytes / GB, 9);
  });

  it('are split by tensor and pipeline groups whatever the stage', () => {
    const layout = { tensor: 4, pipeline: 2, context: 1, expert: 1 };
    expect(statesGb({ layout, gpus: 8 })).toBeCloseTo(statesGb({}) / 8, 6);
  });

  it('of experts are split over their group too', () => {
    const deepseek = { shape: shape('deepseek-v3'), gpus: 64 };
    const spread = { ...UNSPLIT, expert: 64 };
    expect(statesGb({ ...deepseek, layout: spread })).toBeLessThan(statesGb({ ...deepseek }) / 15);
  });
});

describe('a frozen mixture beside its adapters', () => {
  it.each(['lora', 'qlora'] as const)(
    '(%s) is held whole by all GPUs together, however it is split',
    (method) => {
      const mixture = shape('deepseek-v3');
      const bytes = mixture.parameters * (method === 'qlora' ? 0.5 : 2);
      for (const expert of [1, 2, 8, 64]) {
        for (const zero of [0, 1, 2, 3] as const) {
          const change = { shape: mixture, method, zero, gpus: 64, adapterParameters: 1e8 };
          const { weightsGib } = trainingMemory({ ...DEMAND, ...change, layout: { ...UNSPLIT, expert } });
          expect(64 * weightsGib * GIB).toBeGreaterThanOrEqual(bytes);
        }
      }
    },
  );
});

describe('published memory of fine-tuning', () => {
  const allocated = (change: Partial<MemoryDemand>) =>
    trainingMemory({ ...DEMAND, microBatch: 2, chunksLogits: true, ...change }).allocatedGib;

  it('of torchtune: Llama 3.1 8B in full with paged 8-bit Adam takes 18.9 GiB', () => {
    expect(allocated({ optimiser: 'paged-adam-8bit' }) / 18.9).toBeCloseTo(1, 1);
  });

  it('of torchtune: LoRA of Llama 3.1 8B takes 16.2 GiB, within 12 % above', () => {
    const share = allocated({ ...adapters('llama-3.1-8b', 8), method: 'lora' }) / 16.2;
    expect(share).toBeGreaterThan(1);
    expect(share).toBeLessThan(1.12);
  });

  it('of torchtune: QLoRA of Llama 3.1 8B takes 7.4 GiB, within 20 % above', () => {
    const share = allocated({ ...adapters('llama-3.1-8b', 8), method: 'qlora' }) / 7.4;
    expect(share).toBeGreaterThan(1);
    expect(share).toBeLessThan(1.2);
  });

  it('of torchtune: LoRA of Llama 3.1 70B takes 27.6 GiB on each of 8, within 15 % above', () => {
    const share = allocated({ ...adapters('llama-3.1-70b'), method: 'lora', zero: 3, gpus: 8 }) / 27.6;
    expect(share).toBeGreaterThan(1);
    expect(share).toBeLessThan(1.15);
  });

  it.each([
    ['full', 'adam', 1200],
    ['lora', 'adam', 160],
    ['qlora', 'adam', 48],
  ] as const)('of LLaMA-Factory: 70B with %s and %s takes about %i GB', (method, optimiser, gb) => {
    const { shape: llama, adapterParameters = null } = adapters('llama-3.1-70b');
    const need = allocated({
      shape: llama ?? DEMAND.shape,
      method,
      optimiser,
      microBatch: 1,
      adapterParameters: method === 'full' ? null : adapterParameters,
    });
    expect((need * GIB) / GB / gb).toBeGreaterThan(0.85);
    expect((need * GIB) / GB / gb).toBeLessThan(1.15);
  });

  it('of QLoRA: 65 × 10^9 parameters fit one card of 48 GB', () => {
    const llama = shape('llama-2-70b');
    const smaller = { ...llama, parameters: 65.2e9, activeParameters: 65.2e9 };
    const need = allocated({
      shape: smaller,
      method: 'qlora',
      adapterParameters: 2e8,
      microBatch: 1,
      sequenceTokens: 512,
    });
    expect((need * GIB) / GB).toBeLessThan(48);
  });
});

describe('the memory of a training', () => {
  const demands = fc.record({
    method: fc.constantFrom(...TUNING_METHODS),
    optimiser: fc.constantFrom(...OPTIMISERS),
    zero: fc.constantFrom(0, 1, 2, 3),
    gpus: fc.constantFrom(8, 64, 512),
    sequenceTokens: fc.integer({ min: 128, max: 131_072 }),
    microBatch: fc.integer({ min: 1, max: 16 }),
  });
  const need = (change: Partial<MemoryDemand>) =>
    trainingMemory({ ...DEMAND, adapterParameters: 4e7, ...change }).neededGib;

  it('never grows with the ZeRO stage up to 2, nor with more GPUs', () => {
    fc.assert(
      fc.property(demands, (change) => {
        expect(need({ ...change, zero: 2 })).toBeLessThanOrEqual(need({ ...change, zero: 1 }) + 1e-9);
        expect(need({ ...change, zero: 1 })).toBeLessThanOrEqual(need({ ...change, zero: 0 }) + 1e-9);
        expect(need({ ...change, gpus: change.gpus * 2 })).toBeLessThanOrEqual(need(change) + 1e-9);
      }),
    );
  });

  it('grows with the sequence and the micro-batch, and recomputing never needs more', () => {
    fc.assert(
      fc.property(demands, (change) => {
        expect(need({ ...change, microBatch: change.microBatch + 1 })).toBeGreaterThan(need(change));
        expect(need({ ...change, sequenceTokens: change.sequenceTokens + 1 })).toBeGreaterThan(need(change));
        expect(need(change)).toBeLessThanOrEqual(need({ ...change, activations: 'keep' }));
      }),
    );
  });

  it('is the sum of its parts and the overhead', () => {
    const { allocatedGib, overheadGib, neededGib, ...parts } = trainingMemory(DEMAND);
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(allocatedGib, 9);
    expect(neededGib).toBe(allocatedGib + overheadGib);
  });

  it('keeps another model beside the trained one in 2 bytes a parameter', () => {
    const more = need({ frozenParameters: 8e9 }) - need({});
    expect((more * GIB) / GB).toBeCloseTo(16, 6);
  });
});
