import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import { recoveryBand, recoveryOf } from '#lib/plan/models/planned-quality';

const catalog = loadCatalog();
const dense = modelOf('llama-3.1-8b');
const mixture = modelOf('qwen3-30b-a3b');

function modelOf(id: string): Model {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

/** A dense model of so many 10^9 parameters, published in 16 bits. */
function ofSize(paramsTotalB: number): Model {
  return { ...dense, paramsTotalB };
}

/** Mean share that 4-bit weights kept, with the least of the benchmarks; `fitted`: the law was drawn through it. */
const MEASURED = [
  { model: 'Qwen2-0.5B', paramsB: 0.494, kept: 0.8838, least: 0.8634, fitted: true },
  { model: 'Qwen2-1.5B', paramsB: 1.54, kept: 0.9453, least: 0.9298, fitted: true },
  { model: 'Qwen2-7B', paramsB: 7.62, kept: 0.9581, least: 0.9581, fitted: true },
  { model: 'Qwen2-72B', paramsB: 72.7, kept: 0.9939, least: 0.9889, fitted: true },
  { model: 'Llama-3.1-8B', paramsB: 8.03, kept: 0.9702, least: 0.93, fitted: false },
  { model: 'Llama-3.1-70B', paramsB: 70.6, kept: 0.994, least: 0.974, fitted: false },
  { model: 'Llama-3.1-405B', paramsB: 405.9, kept: 0.9884, least: 0.98, fitted: false },
];

describe('what INT4 keeps of a model by its size', () => {
  it.each(MEASURED)('is within 1.5 points of what $model kept, the worst within the band', (row) => {
    const band = recoveryBand(ofSize(row.paramsB), 'int4', catalog);
    expect(Math.abs((band?.base ?? 0) - row.kept)).toBeLessThan(0.015);
    expect(band?.low).toBeLessThan(row.least);
  });

  it('is closer to the family that was not fitted than one number for every size', () => {
    const held = MEASURED.filter(({ fitted }) => !fitted);
    const misses = held.map(({ paramsB, kept }) =>
      Math.abs((recoveryOf(ofSize(paramsB), 'int4', catalog) ?? 0) - kept),
    );
    const constant = held.map(({ kept }) => Math.abs(0.97 - kept));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(misses)).toBeLessThan(sum(constant) / 3);
  });

  it('never falls as the model grows, and never passes what INT8 keeps', () => {
    const size = double({ min: 0.01, max: 3000, noNaN: true });
    assert(
      property(size, size, (one, other) => {
        const kept = (paramsB: number) => recoveryBand(ofSize(paramsB), 'int4', catalog);
        const small = kept(Math.min(one, other));
        const large = kept(Math.max(one, other));
        expect(large?.base).toBeGreaterThanOrEqual(small?.base ?? 1);
        expect(large?.low).toBeGreaterThanOrEqual(small?.low ?? 1);
        expect(small?.low).toBeGreaterThan(0);
        expect(large?.base).toBeLessThan(recoveryOf(ofSize(one), 'int8', catalog) ?? 0);
      }),
    );
  });

  it('stays one number with a wide band where nobody measured', () => {
    const wide = { low: 0.86, base: 0.97, high: 1 };
    expect(recoveryBand(mixture, 'int4', catalog)).toEqual(wide);
    expect(recoveryBand({ ...dense, paramsTotalB: null }, 'int4', catalog)).toEqual(wide);
  });
});

/** Publishers that no band is made of. */
const HELD_OUT = new Set([
  'neuralmagic-quantised-cards',
  'qingcheng-qwq-32b-card',
  'voves-alice-nvfp4-card',
  'rodder5-qwen3-8b-nvfp4-card',
  'vivek51-glm-4.6v-nvfp4-card',
  'peterhdd-beam-runs',
]);
const FORMATS = [
  ['fp8', /^FP8/],
  ['int8', /int8/],
  ['int4', /int4/],
  ['fp4', /^NVFP4/],
] as const;

describe('what publishers measured whom no band is made of', () => {
  const held = catalog
    .qualityEvidence()
    .filter(({ source, kind }) => HELD_OUT.has(source) && kind === 'quantization');
  const shares = held.map(({ base, variant, recovery }) => {
    const format = FORMATS.find(([, pattern]) => pattern.test(variant))?.[0];
    const size = /(\d+(?:\.\d+)?)B/i.exec(base)?.[1];
    if (format === undefined || recovery === null) throw new Error(`${base} in ${variant}`);
    const band = recoveryBand(
      { ...dense, paramsTotalB: size === undefined ? null : Number(size) },
      format,
      catalog,
    );
    if (band === null) throw new Error(`no band of ${format}`);
    return { named: `${base} in ${variant}`, recovery, band };
  });

  it('lies in its band but for one: 24 of 27, two of them better than before', () => {
    const outside = shares.filter(({ recovery, band }) => recovery < band.low || recovery > band.high);
    expect(shares).toHaveLength(27);
    expect(outside.map(({ named }) => named)).toEqual([
      'Llama-3.1-Nemotron-70B-Instruct in FP8-dynamic',
      'Qwen2.5-1.5B-Instruct in int8 (W8A8)',
      'QwQ-32B in awq int4 (W4A16)',
    ]);
    expect(outside.filter(({ recovery }) => recovery > 1)).toHaveLength(2);
  });

  it('is at most half a point below the base in 25, so that the bases err on the safe side', () => {
    expect(shares.filter(({ recovery, band }) => recovery >= band.base - 0.005).length).toBe(25);
  });
});
