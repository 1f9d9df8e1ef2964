import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import {
  checkpointBytes,
  parametersOf,
  repeatedWeightBytes,
  servedWeightBytes,
  type Parameters,
} from '#lib/sizing/weights';
import { quantile } from '#lib/units/quantile';
import { CHECKPOINT_SIZES, type CheckpointSize } from './checkpoint-sizes';

const catalog = loadCatalog();
const METHOD = readFileSync(join(__dirname, '..', '..', 'docs', 'method.md'), 'utf8');

function gbOf(size: CheckpointSize): number {
  const model = modelOf(size);
  const parameters = parametersOf(model);
  if (parameters === null) throw new Error(`${model.id} has no published size`);
  const { precision, further, loadedOn } = size;
  if (loadedOn !== undefined) {
    const spread = { tensor: loadedOn, attentionData: 1 };
    const copies = repeatedWeightBytes(model, parameters, precision, spread);
    return (servedWeightBytes(model, parameters, precision) + copies) / 1e9;
  }
  const extra =
    further === undefined
      ? 0
      : furtherLayer(model, parameters) * further.bytes +
        (further.hasEmbeddings ? parameters.embeddings * 2 : 0);
  return (checkpointBytes(model, parameters, precision) + extra) / 1e9;
}

function modelOf({ model: id, part }: CheckpointSize): Model {
  const model = catalog.models.get(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  if (part === undefined || model.checkpoints === undefined) return model;
  return { ...model, checkpoints: { ...model.checkpoints, fp4: part } };
}

/** Parameters of one more layer, and of the matrix that joins the last state and the next token. */
function furtherLayer({ layers, moe, hidden, ffn }: Model, parameters: Parameters): number {
  const attention = (parameters.other - parameters.feedForward) / layers;
  const feedForward =
    moe === null ? 3 * hidden * (ffn ?? 0) : (moe.experts + moe.sharedExperts) * 3 * hidden * moe.expertFfn;
  return attention + feedForward + 2 * hidden ** 2;
}

const errorOf = (size: CheckpointSize) => gbOf(size) / size.gb - 1;

describe('the weights against published checkpoints', () => {
  it.each(CHECKPOINT_SIZES.map((size) => [size.checkpoint, size] as const))('%s', (_, size) => {
    const error = errorOf(size);
    expect(error).toBeLessThan(0.025);
    // A tower for images weighs up to 2 GB.
    expect(error).toBeGreaterThan(size.hasTower === true ? -0.035 : -0.025);
  });

  it('are off by 0.2 % in the median', () => {
    const errors = CHECKPOINT_SIZES.map((size) => Math.abs(errorOf(size))).toSorted((a, b) => a - b);
    expect(errors.length).toBeGreaterThanOrEqual(24);
    expect(quantile(errors, 0.5)).toBeLessThan(0.002);
  });

  it('stand in docs/method.md as they are computed', () => {
    for (const size of CHECKPOINT_SIZES) {
      const { checkpoint, gb, source } = size;
      const cells = [checkpoint, source, gb.toFixed(1), gbOf(size).toFixed(1), percent(errorOf(size))];
      expect(METHOD.replaceAll(/ +/g, ' ')).toContain(`| ${cells.join(' | ')} |`);
    }
  });
});

function percent(share: number): string {
  const text = (Math.abs(share) * 100).toFixed(1);
  return text === '0.0' ? '0.0 %' : `${share < 0 ? '−' : '+'} ${text} %`;
}
