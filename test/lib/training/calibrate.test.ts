import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrateTraining, fittedRuns } from '#lib/training/calibrate';
import { convergenceRecords, samplesNeeded } from '#lib/training/convergence';
import { fitSpeed } from '#lib/training/fit-speed';
import { measuredTraining } from '#lib/training/measured-training';
import { effectKeys, predictTokens } from '#lib/training/speed-model';
import { readTrainingConstants } from '#lib/training/speed-constants';
import { catalog, rows } from './training-fixtures';

describe('the calibration of training', () => {
  it('writes the bundled constants again, byte for byte', () => {
    const records = calibrateTraining(rows, catalog, { rows: 'training-rows.json', asOf: catalog.snapshot });
    const file = join(__dirname, '../../../lib/catalog/data/training-constants.json');
    const lines = records.map((record) => JSON.stringify(record));
    expect(`[\n${lines.join(',\n')}\n]\n`).toBe(readFileSync(file, 'utf8'));
  }, 240_000);

  it('leaves out rows without accelerator, format or published dimensions', () => {
    const without = rows.find(({ id }) => id === 'mbridge-236');
    expect(without && measuredTraining(without, catalog)).toEqual({
      reason: 'accelerator – is not catalogued',
    });
    expect(fittedRuns(rows, catalog).some(({ row }) => row.model === 'Nemotron_3_Super')).toBe(false);
  });

  it('finds adapters by the FLOPs that a row states for a token', () => {
    const part = (id: string) => {
      const row = rows.find((each) => each.id === id);
      const run = row === undefined ? null : measuredTraining(row, catalog);
      return run === null || 'reason' in run ? null : run.setup.part;
    };
    expect(part('mbridge-070')).toBe('adapters');
    expect(part('mbridge-065')).toBe('full');
  });

  it('learns that an accelerator is slower than its datasheet promises', () => {
    const runs = fittedRuns(rows, catalog).filter(({ setup }) => setup.shape.id.startsWith('mpt'));
    const halved = runs.map((run) =>
      run.setup.accelerator.id === 'h100-sxm'
        ? { ...run, tokensPerSecondPerGpu: run.tokensPerSecondPerGpu / 2 }
        : run,
    );
    const [usual, slow] = [fitSpeed(runs), fitSpeed(halved)];
    const setup = runs.find(({ setup }) => setup.accelerator.id === 'h100-sxm')?.setup;
    if (setup === undefined) throw new Error('no run on H100');
    expect(effectKeys(setup)).toContain('accelerator/h100-sxm/dense');
    const slower = (predictTokens(setup, slow) ?? 0) / (predictTokens(setup, usual) ?? 1);
    expect(slower).toBeGreaterThan(0.45);
    expect(slower).toBeLessThan(0.6);
  });

  it('refuses constants without their method', () => {
    expect(() => readTrainingConstants([{ id: 'step' }])).toThrow('lack their method');
  });
});

describe('the samples that MLPerf benchmarks need', () => {
  const lora = convergenceRecords(rows).find(({ benchmark }) => benchmark === 'llama2_70b_lora');

  it.each([
    [8, 3072],
    [16, 3840],
    [64, 7296],
  ])('grow with the batch: of %i sequences, %i within 8 %', (batch, samples) => {
    if (lora === undefined) throw new Error('LoRA has no convergence');
    expect(samplesNeeded(lora, batch) / samples).toBeGreaterThan(0.92);
    expect(samplesNeeded(lora, batch) / samples).toBeLessThan(1.08);
  });

  it('are not claimed from one batch alone', () => {
    const one = rows.filter(({ globalBatchSize }) => globalBatchSize === 8);
    expect(convergenceRecords(one)).toEqual([]);
  });
});
