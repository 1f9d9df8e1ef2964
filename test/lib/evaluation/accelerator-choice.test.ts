import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { ChoiceTally, type TimedRun } from '#lib/evaluation/accelerator-choice';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { evaluationScreen } from '#lib/report/screens/evaluation-screen';
import { renderText } from '#lib/report/text';
import { SERVING_ROW } from '../../_support/serving-row';

/** A run of one accelerator: rate and TPOT as measured, and as predicted. */
function timed(
  gpu: string,
  [rate, tpotMs]: readonly [number, number],
  [saidRate, saidTpotMs]: readonly [number, number],
): TimedRun {
  return {
    model: 'one',
    inputTokens: 1024,
    outputTokens: 256,
    gpu,
    measured: { tpotMs, tokensPerSecondPerGpu: rate },
    predicted: { tpotMs: saidTpotMs, tokensPerSecondPerGpu: saidRate },
  };
}

function chosen(...runs: readonly TimedRun[]) {
  const tally = new ChoiceTally([20]);
  for (const run of runs) tally.add(run);
  return tally.choices()[0];
}

describe('the choice of an accelerator', () => {
  it('is best where the predictions rank as the measurements do', () => {
    const found = chosen(timed('a', [100, 10], [130, 10]), timed('b', [200, 10], [180, 10]));
    expect(found).toMatchObject({ workloads: 1, best: 1, within5: 1, meanRegret: 0 });
  });

  it('is within 5 % where another measured a little better', () => {
    const found = chosen(timed('a', [98, 10], [130, 10]), timed('b', [100, 10], [100, 10]));
    expect(found).toMatchObject({ best: 0, within5: 1, meanRegret: 0.02 });
  });

  it('loses what it measured less, by the best of its runs within the limit', () => {
    const dear = [timed('a', [50, 10], [150, 10]), timed('a', [500, 21], [180, 19])];
    const found = chosen(...dear, timed('b', [100, 10], [100, 10]));
    expect(found).toMatchObject({ best: 0, within5: 0, meanRegret: 0.5 });
    expect(found?.choices).toEqual([
      {
        model: 'one',
        inputTokens: 1024,
        outputTokens: 256,
        chosen: { gpu: 'a', measured: 50, predicted: 180 },
        best: { gpu: 'b', measured: 100, predicted: 100 },
        regret: 0.5,
      },
    ]);
  });

  it('loses everything where nothing is predicted within the limit, or nothing of the chosen measured so', () => {
    const none = chosen(timed('a', [50, 10], [50, 21]), timed('b', [100, 10], [100, 21]));
    expect(none?.choices[0]).toMatchObject({ chosen: null, regret: 1 });
    const third = timed('c', [300, 21], [300, 19]);
    const slow = chosen(timed('a', [50, 10], [50, 10]), timed('b', [100, 10], [100, 10]), third);
    expect(slow?.choices[0]).toMatchObject({ chosen: { gpu: 'c', measured: null }, regret: 1 });
  });

  it('is not asked where one accelerator alone measured within the limit', () => {
    const found = chosen(timed('a', [50, 10], [50, 10]), timed('b', [100, 40], [100, 40]));
    expect(found).toMatchObject({ workloads: 0, meanRegret: null });
  });
});

it('is part of an evaluation, whose screen shows what was lost', () => {
  const run = (gpu: string, rate: number) => ({
    ...SERVING_ROW,
    id: gpu,
    gpu,
    tpot_ms: 28,
    out_tok_s_per_gpu: rate,
  });
  // One H200 reads memory faster than one H100, whatever these runs say.
  const rows = [run('h100-sxm', 1100), run('h200-sxm', 1000)];
  const evaluation = evaluateSizing(rows, loadCatalog(), [30]);
  const [under30] = evaluation.acceleratorChoice;
  expect(under30?.choices).toMatchObject([{ chosen: { gpu: 'h200-sxm' }, best: { gpu: 'h100-sxm' } }]);
  expect(under30).toMatchObject({ tpotMs: 30, workloads: 1, best: 0, within5: 0, meanRegret: 0.0909 });
  const text = renderText(evaluationScreen(evaluation, { file: 'runs.json', limit: 3 }), { width: 100 });
  expect(text).toMatch(/30 ms +1 +0 +0 +9\.1 %/);
  expect(text).toMatch(/llama-3\.1-8b +1,024 \/ 1,024 +30 ms +h200-sxm +1,000 +h100-sxm +1,100 +9 %/);
});
