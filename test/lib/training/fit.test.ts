import { describe, expect, it } from 'vitest';
import { memoryGib } from '#lib/catalog/accelerators';
import { fastestFit, gpuCounts, leanestFit, type FittedRun, type OpenRun } from '#lib/training/fit';
import { measuredTraining } from '#lib/training/measured-training';
import { trainingMemory } from '#lib/training/memory';
import { UNSPLIT } from '#lib/training/setup';
import { accelerator, catalog, model, rows, SETUP, shape } from './training-fixtures';
import { loraParameters } from '#lib/sizing/lora-parameters';

const {
  gpus: _gpus,
  layout: _layout,
  shardsWeights: _shards,
  recomputes: _recomputes,
  globalBatch: _batch,
  ...setup
} = SETUP;
const RUN: OpenRun = {
  setup,
  globalBatch: 64,
  memory: {
    method: 'full',
    optimiser: 'adam',
    adapterParameters: null,
    frozenParameters: 0,
    offloads: false,
  },
  memoryShare: 0.95,
};

function lora(id: string, method: 'lora' | 'qlora'): OpenRun {
  return {
    ...RUN,
    setup: { ...setup, shape: shape(id), part: 'adapters', sequenceTokens: 2048 },
    memory: { ...RUN.memory, method, adapterParameters: loraParameters(model(id), 16, ['q', 'v']) },
  };
}

/** The fewest GPUs that hold the run, in their fastest layout. */
function smallestFit(run: OpenRun, most: number): FittedRun | null {
  return (
    gpuCounts(most)
      .map((gpus) => fastestFit(run, gpus))
      .find((fitted) => fitted !== null) ?? null
  );
}

describe('the smallest number of GPUs that holds a training', () => {
  it('is 16 H100 for all weights of Llama 3.1 70B with Adam: 1,129 GB of states alone', () => {
    expect(smallestFit(RUN, 1024)?.gpus).toBe(16);
  });

  it('is one H100 for QLoRA of 70B and one L4 for QLoRA of 8B', () => {
    expect(smallestFit(lora('llama-3.1-70b', 'qlora'), 64)?.gpus).toBe(1);
    const small = lora('llama-3.1-8b', 'qlora');
    const onL4 = { ...small, setup: { ...small.setup, accelerator: accelerator('l4') } };
    expect(smallestFit(onL4, 64)?.gpus).toBe(1);
  });

  it('is more for LoRA than for QLoRA of the same model', () => {
    expect(smallestFit(lora('llama-3.1-70b', 'lora'), 64)?.gpus).toBe(2);
  });

  it('fits what it says, and one step fewer does not', () => {
    const fitted = smallestFit(RUN, 1024);
    if (fitted === null) throw new Error('nothing fits');
    expect(fitted.memory.neededGib).toBeLessThanOrEqual(fitted.usableGib);
    expect(fastestFit(RUN, fitted.gpus / 2)).toBeNull();
  });

  it('is nothing where no number does, and the leanest layout says why', () => {
    expect(smallestFit(RUN, 8)).toBeNull();
    const leanest = leanestFit(RUN, 8);
    expect(leanest?.memory.neededGib).toBeGreaterThan(leanest?.usableGib ?? Number.POSITIVE_INFINITY);
  });

  it('leaves every copy a sequence of the batch', () => {
    const fitted = fastestFit({ ...RUN, globalBatch: 8 }, 128);
    expect(fitted?.copies).toBeLessThanOrEqual(8);
  });

  it('uses every GPU that it is given', () => {
    const fitted = fastestFit(RUN, 64);
    if (fitted === null) throw new Error('nothing fits');
    const { tensor, pipeline, context } = fitted.layout;
    expect(tensor * pipeline * context * fitted.copies).toBe(64);
  });
});

describe('measured runs, which did fit', () => {
  const ran = rows.flatMap((row) => {
    const run = measuredTraining(row, catalog);
    if ('reason' in run || row.kind !== 'training_throughput' || run.setup.part !== 'full') return [];
    return [run];
  });

  it('fit by the formulas too, with 10 % to spare for a different loss or allocator, in 98 of 100', () => {
    const fits = ran.map(({ setup: { shape, gpus, layout, sequenceTokens, microBatch, accelerator } }) => {
      const split = layout === null || (layout.tensor * layout.pipeline === 1 && shape.experts === null);
      const { neededGib } = trainingMemory({
        ...RUN.memory,
        shape,
        gpus,
        sequenceTokens,
        microBatch,
        layout: layout ?? UNSPLIT,
        zero: split ? 3 : 1,
        activations: 'recompute',
        chunksLogits: false,
        sumsIn32Bits: !split,
      });
      return neededGib <= memoryGib(accelerator) * 1.1;
    });
    expect(fits.length).toBeGreaterThan(200);
    expect(fits.filter(Boolean).length / fits.length).toBeGreaterThanOrEqual(0.98);
  });

  it('of MPT that keep their activations fill their cards: the formulas come within 30 % of the memory', () => {
    const tuned = ran.filter(({ setup, row }) => row.id.startsWith('mosaic') && !setup.recomputes);
    const shares = tuned.map(({ setup: { shape, gpus, sequenceTokens, microBatch, accelerator } }) => {
      const { neededGib } = trainingMemory({
        ...RUN.memory,
        shape,
        gpus,
        sequenceTokens,
        microBatch,
        layout: UNSPLIT,
        zero: 3,
        activations: 'keep',
        chunksLogits: false,
        sumsIn32Bits: false,
      });
      return neededGib / memoryGib(accelerator);
    });
    const sorted = shares.toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThan(0.7);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(1.3);
  });
});
