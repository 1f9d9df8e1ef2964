import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accelerator } from '#lib/catalog/accelerators';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import type { TrainingSetup } from '#lib/training/setup';
import { shapeOf, type TrainingShape } from '#lib/training/shape';
import type { TrainingRow } from '#lib/training/training-row';

export const catalog = loadCatalog();

export const rows = JSON.parse(
  readFileSync(join(__dirname, '../../../lib/catalog/data/training-rows.json'), 'utf8'),
) as TrainingRow[];

export function model(id: string): Model {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

export function accelerator(id: string): Accelerator {
  const found = catalog.accelerators.get(id);
  if (found === undefined) throw new Error(`no accelerator ${id}`);
  return found;
}

export function shape(id: string): TrainingShape {
  const found = shapeOf(model(id));
  if (found === null) throw new Error(`no shape of ${id}`);
  return found;
}

/** Llama 3.1 70B in BF16 on 64 H100, laid out as its publisher does. */
export const SETUP: TrainingSetup = {
  shape: shape('llama-3.1-70b'),
  accelerator: accelerator('h100-sxm'),
  gpus: 64,
  precision: 'bf16',
  part: 'full',
  sequenceTokens: 8192,
  globalBatch: 256,
  microBatch: 1,
  layout: { tensor: 4, pipeline: 4, context: 1, expert: 1 },
  shardsWeights: false,
  recomputes: false,
  software: 'megatron-bridge',
  softwareMonth: 31,
};
