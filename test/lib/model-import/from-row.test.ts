import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { modelFromRow } from '#lib/model-import/from-row';
import { dimensionsOf } from './config-file';

const catalog = loadCatalog();
const RUN: RawRow = { id: 'one', model: 'm', gpu: 'h100-sxm', isl: 1024, osl: 512 };

/** A catalog's record in the words of a row. */
function rowOf(model: Model): RawRow {
  const { mla, moe } = model;
  return {
    ...RUN,
    layers: model.layers,
    hidden: model.hidden,
    heads: model.heads,
    kv_heads: model.kvHeads,
    head_dim: model.headDim,
    ffn: model.ffn,
    vocab: model.vocabulary,
    tie_embeddings: model.tiedEmbeddings,
    native_dtype: model.nativeDtype,
    max_context: model.maxContextTokens,
    sliding_window: model.slidingWindowTokens,
    kv_full_layers: model.kvFullLayers,
    mla: mla && {
      kv_lora_rank: mla.kvLoraRank,
      q_lora_rank: mla.qLoraRank,
      qk_rope_head_dim: mla.qkRopeHeadDim,
      qk_nope_head_dim: mla.qkNopeHeadDim,
      v_head_dim: mla.vHeadDim,
      index_topk: mla.indexTopk,
      index_n_heads: mla.index?.heads ?? null,
      index_head_dim: mla.index?.headDim ?? null,
    },
    moe: moe && {
      experts: moe.experts,
      top_k: moe.topK,
      expert_ffn: moe.expertFfn,
      shared_ffn: moe.sharedExperts * moe.expertFfn,
      moe_layers: moe.moeLayers,
    },
  };
}

function modelOf(row: RawRow): Model {
  const model = modelFromRow(row);
  if (model === null || 'reason' in model) throw new Error(model?.reason ?? 'no architecture');
  return model;
}

const UNHYBRID = [...catalog.models.values()].filter(
  ({ kind, paramsTotalB, kvLayers }) => kind === 'llm' && paramsTotalB !== null && kvLayers === null,
);

describe('a model described by a row', () => {
  it.each(UNHYBRID.map((record) => [record.id, record] as const))('is %s again', (_, record) => {
    const model = modelOf(rowOf(record));
    expect(dimensionsOf(model)).toEqual(dimensionsOf(record));
    expect(Math.abs((model.paramsTotalB ?? 0) / (record.paramsTotalB ?? 1) - 1)).toBeLessThan(0.01);
    expect(Math.abs((model.paramsActiveB ?? 0) / (record.paramsActiveB ?? 1) - 1)).toBeLessThan(0.01);
    expect(model.unverified).toEqual([]);
  });

  const dense = { layers: 32, hidden: 4096, heads: 32, kv_heads: 8, ffn: 14_336, vocab: 128_256 };

  it('takes its experts from the row itself too', () => {
    const flat = modelOf({ ...RUN, ...dense, experts: 8, top_k: 2, expert_ffn: 14_336 });
    expect(flat.moe).toEqual({ experts: 8, topK: 2, expertFfn: 14_336, moeLayers: 32, sharedExperts: 0 });
    expect(flat.ffn).toBeNull();
  });

  it('says what it had to take for granted', () => {
    const model = modelOf({ ...RUN, ...dense });
    expect(model).toMatchObject({ headDim: 128, maxContextTokens: 1536, tiedEmbeddings: false });
    expect(model.unverified).toEqual(['tiedEmbeddings', 'maxContextTokens', 'nativeDtype']);
  });

  it('has the parameters that the row states', () => {
    const model = modelOf({ ...RUN, ...dense, params_total_b: 8.5, params_active_b: 8.4 });
    expect([model.paramsTotalB, model.paramsActiveB]).toEqual([8.5, 8.4]);
  });

  it('is not usable without a field that its size needs, and the reason names it', () => {
    for (const field of Object.keys(dense)) {
      expect(modelFromRow({ ...RUN, ...dense, [field]: undefined })).toEqual({
        reason: `${field} is missing`,
      });
    }
  });

  it('is not usable as a hybrid without its published parameters', () => {
    const hybrid = { ...RUN, ...dense, kv_layers: 8 };
    expect(modelFromRow(hybrid)).toMatchObject({ reason: expect.stringContaining('params_total_b') });
    const stated = modelOf({ ...hybrid, params_total_b: 30, params_active_b: 3 });
    expect(stated).toMatchObject({ kvLayers: 8, kvElementsPerToken: 8 * 2 * 8 * 128, attention: 'custom' });
  });

  it('is not usable with more experts chosen than there are', () => {
    const row = { ...RUN, ...dense, experts: 4, top_k: 8, expert_ffn: 1024 };
    expect(modelFromRow(row)).toEqual({ reason: 'top_k 8 is more than the 4 experts' });
  });

  it('is absent where the row describes none', () => {
    expect(modelFromRow(RUN)).toBeNull();
  });
});
