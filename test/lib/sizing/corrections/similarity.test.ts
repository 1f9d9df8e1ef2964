import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { traitsOf } from '#lib/sizing/corrections/kin';
import { covariance, priorVariance } from '#lib/sizing/corrections/similarity';

const [corrections] = loadCatalog().corrections();
if (corrections === undefined) throw new Error('the catalog has no corrections');
const { similarity } = corrections;
const { design = 0, designRelease = 0 } = similarity;
const group = corrections.groups.find(({ gpu, isMaximum }) => gpu === 'b200-sxm' && !isMaximum);
if (group === undefined) throw new Error('no run in a closed loop on B200');
const run = { ...traitsOf(group, group.runs[0] ?? []), engineVersion: '1.0' };

it('is the whole variance of a run with itself', () => {
  expect(covariance(run, run, similarity)).toBeCloseTo(priorVariance(similarity), 12);
});

it('leaves to one accelerator of a design what the others do not share', () => {
  const { cell, release, platform } = similarity;
  const onB300 = { ...run, gpu: 'b300-sxm' };
  const alone = cell ** 2 + release ** 2 + platform ** 2;
  expect(covariance(run, onB300, similarity)).toBeCloseTo(priorVariance(similarity) - alone, 12);
  expect(design).toBeGreaterThan(0);
  expect(designRelease).toBeGreaterThan(0);
});

it('shares by design within one family and model, and by its release within one version', () => {
  const { design: _, designRelease: __, ...without } = similarity;
  const byDesign = (other: typeof run) =>
    covariance(run, other, similarity) - covariance(run, other, without);
  const onB300 = { ...run, gpu: 'b300-sxm' };
  expect(byDesign(onB300)).toBeCloseTo(design ** 2 + designRelease ** 2, 12);
  expect(byDesign({ ...onB300, engineVersion: '2.0' })).toBeCloseTo(design ** 2, 12);
  expect(byDesign({ ...onB300, architecture: 'another' })).toBe(0);
  expect(byDesign({ ...run, gpu: 'h200-sxm', family: 'hopper' })).toBe(0);
});
