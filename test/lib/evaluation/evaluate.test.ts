import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { checkFigures } from '#lib/evaluation/consistency';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { SERVING_ROW } from '../../_support/serving-row';

const catalog = loadCatalog();

/** A measured run of the calibration table, as a benchmarks file writes it. */
const run: RawRow = {
  id: 'one',
  ...SERVING_ROW,
  ttft_ms: 120,
  out_tok_s_per_gpu_derived: 2400,
};

describe('an evaluation of the sizing', () => {
  it('predicts every run and states its error as a fraction', () => {
    const { n, skipped, rows, outputTokensPerSecondPerGpu: error } = evaluateSizing([run], catalog);
    expect([n, ...skipped]).toEqual([1]);
    const [row] = rows;
    const predicted = row?.predicted ?? Number.NaN;
    expect(row).toMatchObject({ id: 'one', measured: 2400 });
    expect(row?.low).toBeLessThan(predicted);
    expect(row?.high).toBeGreaterThan(predicted);
    expect(error.medianApe).toBeCloseTo(Math.abs(predicted / 2400 - 1), 3);
    expect(error.bias).toBeCloseTo(predicted / 2400, 3);
  });

  it('judges time per token where the run measured it, and says so where it did not', () => {
    const { tpot_ms: _, ...without } = run;
    expect(evaluateSizing([run], catalog).tpotMs.n).toBe(1);
    expect(evaluateSizing([without], catalog).tpotMs).toMatchObject({ n: 0, medianApe: null });
  });

  it.each([
    ['an unknown model', { model: 'llama-3.1-8' }, /llama-3\.1-8/],
    ['an unknown GPU', { gpu: 'h1000' }, /h1000/],
    ['no concurrency', { concurrency: null }, /concurrency/],
    ['another kind of run', { kind: 'image_generation' }, /image_generation.*finetune_memory/],
    ['a GPU of several forms', { gpu: 'H100' }, /h100-nvl, h100-pcie, h100-sxm/],
    ['a GPU of another memory', { gpu: 'NVIDIA H100 96GB' }, /choose one of h100-nvl, h100-pcie, h100-sxm/],
    ['a checkpoint of another format', { model: 'nvidia/Llama-3.1-8B-Instruct-FP8' }, /in fp8.*says bf16/],
    ['speculation', { spec_decoding: 'mtp' }, /spec_decoding is "mtp"/],
    ['apart fleets', { disagg: true }, /disagg is true/],
    ['the rate of all GPUs', { gpus: 2, tp: 2 }, /57\.6 running.*concurrency is 32.*all GPUs/],
    ['seconds as milliseconds', { tpot_ms: 0.012 }, /tpot_ms in seconds/],
    ['a first token in seconds', { ttft_ms: 0.12 }, /ttft_ms is 0\.12/],
  ])('skips a run with %s, with the reason, and guesses nothing', (_, change, reason) => {
    const { n, skipped } = evaluateSizing([{ ...run, ...change }], catalog);
    expect(n).toBe(0);
    expect([...skipped]).toEqual([{ id: 'one', reason: expect.stringMatching(reason) }]);
  });

  it('takes names as publishers write them, and fields that say that nothing else was switched on', () => {
    const named = {
      model: 'meta-llama/Meta-Llama-3.1-8B-Instruct',
      gpu: '8x NVIDIA H100 80GB HBM3',
      engine: 'vLLM v0.12.0',
      precision: 'BF16',
      spec_decoding: 'none',
      disagg: false,
    };
    const [asIs, asNamed] = [run, { ...run, ...named }].map((each) =>
      JSON.stringify(evaluateSizing([each], catalog)),
    );
    expect(asNamed).toEqual(asIs);
  });

  it('refuses no published run for its figures', () => {
    for (const row of catalog.servingRows()) {
      const { gpus, concurrency, tpotMs, ttftMs, outputTokensPerSecondPerGpu: rate } = row;
      if (concurrency === null || rate === null) continue;
      const figures = { gpus, concurrency, tpotMs, ttftMs, outputTokensPerSecondPerGpu: rate };
      expect(() => checkFigures(figures)).not.toThrow();
    }
  });

  it('predicts rows of other kinds by their own models, each by its own quantity', () => {
    const training: RawRow = {
      id: 'two',
      kind: 'training_throughput',
      family: 'megatron-bridge',
      model: 'LLAMA3_70B',
      gpu: 'h100-sxm',
      accelerators: 64,
      precision: 'bf16',
      seq_len: 8192,
      gbs: 128,
      mbs: 1,
      tp: 4,
      pp: 4,
      tok_s_per_gpu: 800,
    };
    const search: RawRow = {
      id: 'three',
      kind: 'vector_search',
      db: 'Milvus',
      label: '16c64g-sq8',
      dataset: 'Cohere (Large)',
      qps: 400,
      recall: 0.95,
    };
    const { rows, byQuantity, skipped } = evaluateSizing([training, run, search], catalog);
    expect([...skipped]).toEqual([]);
    expect([...rows].map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    expect(Object.keys(byQuantity)).toEqual(['queriesPerSecond', 'tokensPerSecondPerGpu']);
  });

  it('reaches the published accuracy of its method on the calibration runs', () => {
    const rows = catalog.servingRows().map((row): RawRow => ({
      id: row.id,
      kind: row.kind,
      model: row.model,
      gpu: row.gpu,
      gpus: row.gpus,
      engine: row.engine,
      precision: row.precision,
      isl: row.inputTokens,
      osl: row.outputTokens,
      isl_effective: row.inputTokens * (row.meanLengthShare ?? 1),
      osl_effective: row.outputTokens * (row.meanLengthShare ?? 1),
      concurrency: row.concurrency,
      tp: row.tensor,
      pp: row.pipeline,
      attention_dp: row.attentionData,
      moe_ep: row.expertParallel,
      engine_version: row.engineVersion,
      out_tok_s_per_gpu_derived: row.outputTokensPerSecondPerGpu,
    }));
    const closed = rows.filter(({ kind }) => kind === 'serving_closed_loop');
    const { n, outputTokensPerSecondPerGpu: error } = evaluateSizing(closed, catalog);
    expect(n).toBeGreaterThan(1500);
    // The method knows these runs: what it says of unseen ones is in docs/method.md.
    expect(error.medianApe).toBeLessThan(0.025);
    expect(error.within25).toBeGreaterThan(0.95);
    expect(error.bias).toBeCloseTo(1, 2);
  });
});
