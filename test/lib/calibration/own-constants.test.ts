import { describe, expect, it } from 'vitest';
import { pointOfRun } from '#lib/calibration/calibrate';
import { calibrationRuns } from '#lib/calibration/calibration-runs';
import { withConstants } from '#lib/calibration/constants-file';
import { refitOwn } from '#lib/calibration/own-constants';
import { loadCatalog } from '#lib/catalog/load';
import type { SizingMethod } from '#lib/sizing/predictor';

const catalog = loadCatalog();
const named = { asOf: '2026-11-28', source: 'runs.json' };
const some = calibrationRuns(catalog).filter(
  ({ model, piece }) => piece.engine === 'vllm' && ['llama-3.1-70b', 'llama-3.1-8b'].includes(model.id),
);

/** A site whose engine spends five times as long beside each layer. */
const { kernelConstants } = catalog;
const { vllm } = kernelConstants.engines;
const site: SizingMethod = {
  ...catalog,
  kernelConstants: {
    ...kernelConstants,
    engines: { ...kernelConstants.engines, vllm: { ...vllm, perLayer: 5 * vllm.perLayer } },
  },
  corrections: () => [],
};
const own = some.map((run) => ({
  ...run,
  tokensPerSecondPerGpu: pointOfRun(run, site).point.tokensPerSecond / run.run.gpus,
}));

describe('all constants refitted on own runs', () => {
  const refit = refitOwn(own, catalog, named);
  if (refit.state !== 'calibrated') throw new Error(refit.why);

  it('are taken where sweeps left out show them better', () => {
    const { before, after } = refit.validation;
    expect(before.throughput?.median).toBeGreaterThan(0.1);
    expect(after.throughput?.median).toBeLessThan(0.03);
    expect(refit.kernelConstants.engines.vllm.perLayer).toBeGreaterThan(2 * vllm.perLayer);
  });

  it('survive their file, and then speak alone', () => {
    const { state: _, ...calibration } = refit;
    const text = JSON.stringify({ schema: 'landfall/sizing-constants/v1', ...calibration });
    const calibrated = withConstants(catalog, text, 'constants.json');
    expect(calibrated.kernelConstants).toEqual(refit.kernelConstants);
    expect(calibrated.corrections()).toEqual([refit.corrections]);
  });

  it('are refused where the catalog already knows better', () => {
    expect(refitOwn(some, catalog, named)).toMatchObject({
      state: 'refused',
      why: expect.stringMatching(
        /^the median error of the throughput would (rise from|be) .* %(,? and| to) .* %/,
      ),
    });
  });

  it('are refused on too few runs', () => {
    expect(refitOwn(own.slice(0, 10), catalog, named)).toMatchObject({
      state: 'refused',
      validation: null,
      why: expect.stringMatching(/^10 runs of \d+ sweeps; 40 runs of 8 sweeps/),
    });
  });
});
