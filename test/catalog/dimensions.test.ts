import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';

const models = [...loadCatalog().models.values()];
const PLAIN = new Set(['gqa', 'gqa+swa', 'mla', 'mla+dsa']);
const countable = models.filter(
  ({ paramsTotalB, attention, kind }) => paramsTotalB !== null && PLAIN.has(attention) && kind === 'llm',
);
const cached = models.filter(({ kvElementsPerToken }) => kvElementsPerToken !== null);

/** Weights of the matrices alone: no norms, biases, vision towers or draft heads. */
function matrixParamsB(model: Model): number {
  const { layers, hidden, ffn, moe, vocabulary, tiedEmbeddings } = model;
  const moeLayers = moe?.moeLayers ?? 0;
  const dense = (layers - moeLayers) * 3 * hidden * (ffn ?? 0);
  const experts =
    moe === null
      ? 0
      : moeLayers * ((moe.experts + moe.sharedExperts) * 3 * hidden * moe.expertFfn + hidden * moe.experts);
  const embeddings = vocabulary * hidden * (tiedEmbeddings ? 1 : 2);
  return (layers * attentionParams(model) + dense + experts + embeddings) / 1e9;
}

function attentionParams({ hidden, heads, kvHeads, headDim, mla }: Model): number {
  if (mla === null) return 2 * hidden * (headDim ?? 0) * (heads + (kvHeads ?? 0));
  const query = mla.qkNopeHeadDim + mla.qkRopeHeadDim;
  const queries = mla.qLoraRank === null ? hidden * heads * query : mla.qLoraRank * (hidden + heads * query);
  const keysAndValues =
    hidden * (mla.kvLoraRank + mla.qkRopeHeadDim) +
    mla.kvLoraRank * heads * (mla.qkNopeHeadDim + mla.vHeadDim);
  return queries + keysAndValues + heads * mla.vHeadDim * hidden;
}

function kvElements({ layers, kvLayers, kvHeads, headDim, mla }: Model): number {
  const keeping = kvLayers ?? layers;
  if (mla !== null) return keeping * (mla.kvLoraRank + mla.qkRopeHeadDim);
  return 2 * keeping * (kvHeads ?? 0) * (headDim ?? 0);
}

describe('the dimensions of models', () => {
  it.each(countable.map((model) => [model.id, model] as const))(
    'of %s give its parameters within 3%%',
    (_, model) => {
      expect(Math.abs(matrixParamsB(model) / (model.paramsTotalB ?? 0) - 1)).toBeLessThan(0.03);
    },
  );

  it.each(cached.map((model) => [model.id, model] as const))(
    'of %s give its KV cache exactly',
    (_, model) => {
      expect(model.kvElementsPerToken).toBe(kvElements(model));
    },
  );

  it('cover the language models that can be sized at all', () => {
    expect(countable.length).toBeGreaterThanOrEqual(30);
    expect(cached.length).toBe(37);
  });

  it('never have more active parameters than parameters', () => {
    const odd = models.filter(
      ({ paramsActiveB, paramsTotalB }) => (paramsActiveB ?? 0) > (paramsTotalB ?? Infinity),
    );
    expect(odd).toEqual([]);
  });
});
