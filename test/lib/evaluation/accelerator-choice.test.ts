import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { ChoiceTally, type TimedRun } from '#lib/evaluation/accelerator-choice';
import { acceleratorPrices } from '#lib/evaluation/accelerator-prices';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { evaluationScreen } from '#lib/report/screens/evaluation-screen';
import { renderText } from '#lib/report/text';
import { SERVING_ROW } from '../../_support/serving-row';

/** A run of one accelerator: rate and TPOT as measured, and as predicted. */
function timed(
  gpu: string,
  [rate, tpotMs]: readonly [number, number],
  [saidRate, saidTpotMs]: readonly [number, number],
  marks: Partial<Pick<TimedRun, 'seen' | 'doubt'>> = {},
): TimedRun {
  return {
    model: 'one',
    inputTokens: 1024,
    outputTokens: 256,
    gpu,
    measured: { tpotMs, tokensPerSecondPerGpu: rate },
    predicted: { tpotMs: saidTpotMs, tokensPerSecondPerGpu: saidRate },
    seen: false,
    doubt: null,
    ...marks,
  };
}

const USD_PER_GPU_HOUR = new Map([
  ['a', 2],
  ['b', 5],
]);

/** `c` does at least what `b` does, by its datasheet. */
const order = (gpu: string, other: string) => gpu === 'c' && other === 'b';

function chosen(...runs: readonly TimedRun[]) {
  const tally = new ChoiceTally(order, [20]);
  for (const run of runs) tally.add(run);
  return tally.choices(USD_PER_GPU_HOUR)[0];
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
        chosen: { gpu: 'a', measured: 50, predicted: 180, doubt: null },
        best: { gpu: 'b', measured: 100, predicted: 100, doubt: null },
        regret: 0.5,
      },
    ]);
  });

  it('takes of predictions within 5 % the accelerator that cannot be worse, and none that might be', () => {
    const b = timed('b', [100, 10], [100, 10]);
    const close = timed('c', [104, 10], [96, 10]);
    expect(chosen(b, close)?.choices[0]?.chosen?.gpu).toBe('c');
    expect(chosen(timed('a', [100, 10], [100, 10]), close)?.choices[0]?.chosen?.gpu).toBe('a');
    expect(chosen(b, timed('c', [104, 10], [94, 10]))?.choices[0]?.chosen?.gpu).toBe('b');
    // The other way round nothing is known.
    expect(chosen(timed('b', [90, 10], [96, 10]), timed('c', [104, 10], [100, 10]))).toMatchObject({
      best: 1,
    });
  });

  it('loses everything where nothing is predicted within the limit, or nothing of the chosen measured so', () => {
    const none = chosen(timed('a', [50, 10], [50, 21]), timed('b', [100, 10], [100, 21]));
    expect(none?.choices[0]).toMatchObject({ chosen: null, regret: 1 });
    const third = timed('c', [300, 21], [300, 19]);
    const slow = chosen(timed('a', [50, 10], [50, 10]), timed('b', [100, 10], [100, 10]), third);
    expect(slow?.choices[0]).toMatchObject({ chosen: { gpu: 'c', measured: null }, regret: 1 });
  });

  it('is told apart for runs that the fit had seen and for the others, as if the file held only them', () => {
    const seen = [
      timed('a', [50, 10], [50, 10], { seen: true }),
      timed('b', [90, 10], [90, 10], { seen: true }),
    ];
    // Unseen runs of one and the same accelerators: the other one is chosen, and lost with.
    const found = chosen(...seen, timed('a', [100, 10], [60, 10]), timed('b', [80, 10], [70, 10]));
    expect(found?.bySeen.seen).toEqual({ workloads: 1, best: 1, within5: 1, meanRegret: 0 });
    expect(found?.bySeen.unseen).toEqual({ workloads: 1, best: 0, within5: 0, meanRegret: 0.2 });
    expect(found).toMatchObject({ workloads: 1, best: 0, meanRegret: 0.1 });
    expect(chosen(...seen)?.bySeen.unseen).toEqual({ workloads: 0, best: 0, within5: 0, meanRegret: null });
  });

  it('says where the best measurement is in doubt, and counts it all the same', () => {
    const doubtful = timed('a', [900, 10], [100, 10], { doubt: 'unlike-its-neighbours' });
    const found = chosen(timed('a', [80, 10], [90, 10]), doubtful, timed('b', [200, 10], [180, 10]));
    expect(found).toMatchObject({ workloads: 1, best: 0, doubtful: 1 });
    expect(found?.choices[0]?.best).toMatchObject({
      gpu: 'a',
      measured: 900,
      doubt: 'unlike-its-neighbours',
    });
    // The run that measured most is not the doubtful one.
    const faster = timed('a', [950, 10], [90, 10]);
    expect(chosen(doubtful, faster, timed('b', [200, 10], [180, 10]))?.doubtful).toBe(0);
  });

  it('is another one by cost: the fewest USD per million output tokens at the price of each', () => {
    const runs = [timed('a', [100, 10], [100, 10]), timed('b', [200, 10], [200, 10])];
    const found = chosen(...runs, timed('c', [900, 10], [900, 10]));
    expect(found?.choices[0]?.best.gpu).toBe('c');
    // 2 USD an hour over 360,000 tokens, and 5 USD over 720,000; nobody knows what c costs.
    const a = { gpu: 'a', measuredUsd: 5.5556, predictedUsd: 5.5556, doubt: null };
    expect(found?.byCost).toMatchObject({ workloads: 1, best: 1, unpriced: 1, meanRegret: 0 });
    expect(found?.byCost.choices[0]).toMatchObject({ chosen: a, best: a });
  });

  it('takes by cost the cheapest, whatever its datasheet says', () => {
    const tally = new ChoiceTally((gpu, other) => gpu === 'b' && other === 'a', [20]);
    // 50 tokens/s per USD an hour on a, 48 on b.
    for (const run of [timed('a', [100, 10], [100, 10]), timed('b', [240, 10], [240, 10])]) tally.add(run);
    expect(tally.choices(USD_PER_GPU_HOUR)[0]?.byCost.choices[0]?.chosen?.gpu).toBe('a');
  });

  it('loses by cost the share of tokens per USD', () => {
    const found = chosen(timed('a', [100, 10], [70, 10]), timed('b', [200, 10], [200, 10]));
    // 50 tokens/s per USD an hour on a, 40 on b.
    expect(found?.byCost).toMatchObject({ best: 0, meanRegret: 0.2 });
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
  // 6.88 and 7.91 USD an hour: the slower one would be the cheaper by measurement and by prediction alike.
  expect(text).toMatch(/30 ms, by cost +1 /);
  expect(text).toMatch(/aws ec2, us-east-1, on-demand: h100-sxm .*, h200-sxm /);
  expect(evaluation.acceleratorPrices.unpriced).toEqual([]);
  // Both measure a fourth of what engines do there.
  expect(under30?.doubtful).toBe(1);
  expect(text).toMatch(/30 ms: h100-sxm at 1,100 is more than twice beyond the band/);
  expect(text).toMatch(/llama-3\.1-8b +1,024 \/ 1,024 +30 ms +h200-sxm +1,000 +h100-sxm +1,100 +9 %/);
});

it('doubts a best measurement that memory does not allow', () => {
  const { model: _, ...row } = SERVING_ROW;
  const run = (gpu: string, rate: number, tpotMs: number) => ({
    ...row,
    model: 'llama-3.1-70b',
    id: gpu,
    gpu,
    gpus: 4,
    tp: 4,
    concurrency: 8,
    tpot_ms: tpotMs,
    out_tok_s_per_gpu: rate,
  });
  // 141 GB of weights over four H100 of 3.35 TB/s are 10.5 ms.
  const rows = [run('h100-sxm', 220, 9), run('h200-sxm', 170, 11.5)];
  const [under20] = evaluateSizing(rows, loadCatalog(), [20]).acceleratorChoice;
  expect(under20?.choices[0]?.best).toMatchObject({ gpu: 'h100-sxm', doubt: 'faster-than-memory' });
  expect(under20?.doubtful).toBe(1);
});

describe('what choices by cost are judged with', () => {
  it('is one seller, region and term, and names who it has no price of', () => {
    const catalog = loadCatalog();
    const prices = acceleratorPrices(catalog, ['gb200', 'h100-sxm', 'mi300x']);
    expect(prices).toMatchObject({ seller: 'aws', region: 'us-east-1', term: 'on-demand' });
    expect(prices.unpriced).toEqual(['gb200', 'mi300x']);
    const [h100] = prices.prices;
    const listed = catalog
      .prices('aws', 'ec2', { region: 'us-east-1' })
      .filter(
        ({ sku, region, term }) => sku === h100?.node && region === 'us-east-1' && term === 'on-demand',
      );
    expect(listed.map(({ usd }) => usd / (catalog.instances.get(h100?.node ?? '')?.gpus ?? 0))).toEqual([
      h100?.usdPerGpuHour,
    ]);
    expect(catalog.sources().has(h100?.source ?? '')).toBe(true);
  });

  it('reads no price where nothing is asked', () => {
    const catalog = { ...loadCatalog(), prices: () => expect.unreachable() };
    expect(acceleratorPrices(catalog, [])).toMatchObject({ prices: [], unpriced: [] });
  });
});
