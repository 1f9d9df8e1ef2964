import { describe, expect, it } from 'vitest';
import { calibrationRuns } from '#lib/calibration/calibration-runs';
import { gainOf, isMoreThanChance } from '#lib/calibration/gain';
import { calibrateOwn } from '#lib/calibration/own-calibration';
import { loadCatalog } from '#lib/catalog/load';

const catalog = loadCatalog();
const named = { asOf: '2026-11-29', source: 'runs.json' };
const some = calibrationRuns(catalog)
  .filter(({ model, piece }) => piece.engine === 'vllm' && model.id === 'minimax-m2')
  .slice(0, 80);

/** The same runs at a multiple of their rates. */
function times(factorOf: (index: number) => number) {
  return some.map((run, index) => ({
    ...run,
    tokensPerSecondPerGpu: run.tokensPerSecondPerGpu * factorOf(index),
  }));
}

describe('a calibration by own runs', () => {
  it('is taken where a site is a quarter slower throughout', () => {
    const found = calibrateOwn(
      times(() => 0.75),
      catalog,
      named,
    );
    expect(found.state).toBe('calibrated');
    expect(found.validation?.before.throughput?.median).toBeGreaterThan(0.25);
    expect(found.validation?.after.throughput?.median).toBeLessThan(0.06);
  });

  it('takes the TTFT of an engine whose runs agree, and leaves that of one whose runs do not', () => {
    const isEven = (index: number) => index % 2 === 0;
    const gptOss = calibrationRuns(catalog).filter(
      ({ model, accelerator }) => model.id === 'gpt-oss-120b' && accelerator.id === 'h100-sxm',
    );
    const engines = new Set(gptOss.map(({ run }) => run.engine));
    expect(engines).toEqual(new Set(['trtllm', 'vllm']));
    const runs = gptOss.map((run, index) => ({
      ...run,
      tokensPerSecondPerGpu: run.tokensPerSecondPerGpu / 2,
      // Three TensorRT-LLM runs, one 20 times slower and one 20 times faster than the last: nothing to learn from.
      ttftMs:
        run.ttftMs === null
          ? null
          : run.run.engine === 'vllm'
            ? run.ttftMs * 2
            : run.ttftMs * (isEven(index) ? 20 : 1 / 20),
    }));
    const found = calibrateOwn(runs, catalog, named);
    if (found.state !== 'calibrated') throw new Error(found.why);
    expect(found.validation.before.ttft?.median).toBeGreaterThan(0.45);
    expect(found.validation.after.ttft?.median).toBeLessThan(0.1);
    const weights = (engine: string) =>
      found.corrections.groups
        .filter((group) => group.engine === engine)
        .flatMap(({ runs }) => runs.map((run) => run[7]));
    expect(weights('trtllm').every((weight) => weight === 0)).toBe(true);
    expect(weights('vllm').some((weight) => weight !== 0)).toBe(true);
  });

  it('is refused where runs say nothing of the next, though the median fell by chance', () => {
    const random = [0.4, 1.6, 0.6, 2.4, 1];
    // Neighbours in the list are of one sweep: a step of 7 keeps factors and sweeps apart.
    const found = calibrateOwn(
      times((index) => random[(index * 7 + (index >> 2)) % 5] ?? 1),
      catalog,
      named,
    );
    expect(found).toMatchObject({
      state: 'refused',
      why: expect.stringMatching(
        /^the median error of the throughput would (rise from|go from .* no better than chance)/,
      ),
    });
  });
});

describe('what a fit bought', () => {
  const sweep = (name: string, before: number, after: number) =>
    ({
      run: { sweep: name },
      plainMisses: { throughput: before, tpot: null, ttft: null },
      misses: { throughput: after, tpot: null, ttft: null },
    }) as unknown as Parameters<typeof gainOf>[0][number];

  it('counts sweeps, however many runs each has', () => {
    const gain = gainOf([sweep('a', 0.3, 0.1), sweep('a', -0.3, 0.1), sweep('b', 0.3, 0.4)], 'throughput');
    expect(gain).toMatchObject({ sweeps: 2, better: 1 });
    expect(isMoreThanChance(gain)).toBe(false);
    expect(gainOf([sweep('a', 0.3, 0.1)], 'tpot')).toBeNull();
  });

  it('scores ranks as Wilcoxon does: the ten pairs of the textbook have W = 9', () => {
    const pairs = [15, -7, 5, 20, 0, -9, 17, -12, 5, -10];
    const gain = gainOf(
      pairs.map((fell, index) => sweep(String(index), 100 + fell, 100)),
      'throughput',
    );
    // Nine pairs differ: (45 + 9) ÷ 2 = 27 above 0, 22.5 by chance, √(9 × 10 × 19 ÷ 24) = 8.44 of it.
    expect(gain?.score).toBeCloseTo((27 - 22.5) / 8.4409, 4);
  });

  it('lets one sweep that went far wrong not speak for eight that came nearer', () => {
    const eight = Array.from({ length: 8 }, (_, index) => sweep(`good ${index}`, 0.7, 0.05));
    const gain = gainOf([...eight, sweep('wrong', 0.7, 7)], 'throughput');
    expect(isMoreThanChance(gain)).toBe(true);
  });

  it('is more than chance where every sweep gains alike', () => {
    expect(isMoreThanChance(gainOf([sweep('a', 0.3, 0.1), sweep('b', 0.3, 0.12)], 'throughput'))).toBe(true);
  });
});
