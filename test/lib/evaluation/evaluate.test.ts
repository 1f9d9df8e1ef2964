import { describe, expect, it } from 'vitest';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Corrections } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { checkFigures } from '#lib/evaluation/consistency';
import { readRun } from '#lib/evaluation/benchmark-run';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { pieceOf } from '#lib/sizing/measured-run';
import { groupOfPiece } from '#lib/sizing/predicted-piece';
import { SERVING_ROW } from '../../_support/serving-row';

const catalog = loadCatalog();

/** A measured run of the calibration table, as a benchmarks file writes it. */
const run: RawRow = {
  id: 'one',
  ...SERVING_ROW,
  ttft_ms: 120,
  out_tok_s_per_gpu_derived: 2400,
};

/** A row of the catalog as a benchmarks file writes it. */
function asBenchmark(row: ServingRow): RawRow {
  const share = row.meanLengthShare ?? 1;
  return {
    id: row.id,
    kind: row.kind,
    model: row.model,
    gpu: row.gpu,
    gpus: row.gpus,
    engine: row.engine,
    precision: row.precision,
    isl: row.inputTokens,
    osl: row.outputTokens,
    isl_effective: row.inputTokens * share,
    osl_effective: row.outputTokens * share,
    concurrency: row.concurrency,
    tp: row.tensor,
    pp: row.pipeline,
    attention_dp: row.attentionData,
    moe_ep: row.expertParallel,
    engine_version: row.engineVersion,
    tpot_ms: row.tpotMs,
    out_tok_s_per_gpu_derived: row.outputTokensPerSecondPerGpu,
  };
}

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

  it('tells runs that the constants were fitted on from others, whatever they are called', () => {
    const [known] = catalog.servingRows('llama-3.1-8b').filter(({ tpotMs }) => tpotMs !== null);
    if (known === undefined) throw new Error('the catalog has no such run');
    const row = asBenchmark(known);
    const rate = known.outputTokensPerSecondPerGpu ?? Number.NaN;
    const rows = [
      {
        ...row,
        id: 'renamed',
        model: 'meta-llama/Llama-3.1-8B-Instruct',
        engine: known.engine.toUpperCase(),
      },
      { ...row, id: 'measured anew', out_tok_s_per_gpu_derived: rate * 1.02 },
      { ...row, id: 'of another length', isl_effective: known.inputTokens * 1.3 },
    ];
    const seenOf = (facts: Catalog) => [...evaluateSizing(rows, facts).rows].map(({ seen }) => seen);
    expect(seenOf(catalog)).toEqual([true, false, false]);
    const { bySeen } = evaluateSizing(rows, catalog);
    expect([bySeen.seen.tpotMs.n, bySeen.unseen.tpotMs.n]).toEqual([1, 2]);
  });

  it('takes runs of an own calibration for seen by their configuration, of which its file keeps no rates', () => {
    const own = { ...run, id: 'own', out_tok_s_per_gpu_derived: 2000 };
    const other = { ...own, id: 'other', isl: 2048 };
    const [bundled] = catalog.corrections();
    const read = readRun(own, catalog);
    if (bundled === undefined || 'reason' in read) throw new Error('the catalog cannot be calibrated');
    const group = groupOfPiece(pieceOf(read.run, read.model, read.accelerator));
    const corrections: Corrections = {
      ...bundled,
      groups: [{ ...group, runs: [[1024, 1024, 32, 1, 1, 0, 0, 0]] }],
    };
    const facts: Catalog = { ...catalog, ownCalibration: { corrections, isAlone: false } };
    const seen = [...evaluateSizing([own, other], facts).rows].map((row) => row.seen);
    expect(seen).toEqual([true, false]);
    const [known] = catalog.servingRows('llama-3.1-8b');
    if (known === undefined) throw new Error('the catalog has no such run');
    const alone: Catalog = { ...catalog, ownCalibration: { corrections, isAlone: true } };
    expect([...evaluateSizing([asBenchmark(known)], alone).rows][0]?.seen).toBe(false);
  });

  it('counts and flags runs that are faster than memory gives their weights', () => {
    // 15 GB of weights without the input embedding at 3.35 TB/s are 4.48 ms.
    const rows = [
      { ...run, id: 'possible', tpot_ms: 4.6, concurrency: 1, out_tok_s_per_gpu_derived: 200 },
      { ...run, id: 'speculating', tpot_ms: 3, concurrency: 1, out_tok_s_per_gpu_derived: 200 },
      { ...run, id: 'by its rate', tpot_ms: null, concurrency: 1, out_tok_s_per_gpu_derived: 400 },
    ];
    const { n, fasterThanMemory } = evaluateSizing(rows, catalog);
    expect(n).toBe(3);
    expect([...fasterThanMemory]).toEqual([
      { id: 'speculating', impliedTpotMs: 3, leastTpotMs: expect.closeTo(4.48, 2) },
      { id: 'by its rate', impliedTpotMs: 2.5, leastTpotMs: expect.closeTo(4.48, 2) },
    ]);
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

  it('reaches the published accuracy of its method on the calibration runs, and says that it has seen them', () => {
    const rows = catalog.servingRows().map(asBenchmark);
    const closed = rows.filter(({ kind }) => kind === 'serving_closed_loop');
    const {
      n,
      bySeen,
      fasterThanMemory,
      outputTokensPerSecondPerGpu: error,
    } = evaluateSizing(closed, catalog);
    expect(fasterThanMemory.length).toBe(0);
    expect(bySeen.seen.outputTokensPerSecondPerGpu.n).toBe(n);
    expect(n).toBeGreaterThan(1500);
    // The method knows these runs: what it says of unseen ones is in docs/method.md.
    expect(error.medianApe).toBeLessThan(0.025);
    expect(error.within25).toBeGreaterThan(0.95);
    expect(error.bias).toBeCloseTo(1, 2);
  });
});
