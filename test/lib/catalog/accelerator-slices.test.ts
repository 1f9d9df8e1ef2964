import { describe, expect, it } from 'vitest';
import { acceleratorOf } from '#lib/catalog/accelerator-slices';
import { memoryGib } from '#lib/catalog/accelerators';
import { loadCatalog } from '#lib/catalog/load';

const catalog = loadCatalog();
const slices = [...catalog.slices().values()];

describe('slices of accelerators', () => {
  it('never add up to more than the whole', () => {
    for (const { memoryShare, multiprocessors, ofMultiprocessors, perAccelerator } of slices) {
      expect(memoryShare * perAccelerator).toBeLessThanOrEqual(1);
      expect(multiprocessors * perAccelerator).toBeLessThanOrEqual(ofMultiprocessors);
    }
  });

  it('have in their name the memory that their share of the whole gives', () => {
    for (const { accelerator, profile, memoryShare } of slices) {
      const named = Number(/\.(\d+)gb$/.exec(profile)?.[1]);
      const whole = catalog.accelerators.get(accelerator)?.memoryGb ?? Number.NaN;
      expect(Math.abs(named - whole * memoryShare) / named).toBeLessThan(0.04);
    }
  });

  it('have the memory that the driver lists, which is less than their share', () => {
    for (const slice of slices) {
      const whole = catalog.accelerators.get(slice.accelerator);
      if (whole === undefined) throw new Error(`no ${slice.accelerator}`);
      expect(memoryGib(acceleratorOf(slice, whole))).toBeLessThanOrEqual(
        memoryGib(whole) * slice.memoryShare,
      );
    }
    const listed = ['h100-sxm-1g.10gb', 'a100-80-sxm-1g.10gb', 'h200-sxm-1g.18gb'];
    expect(listed.map((id) => catalog.slices().get(id)?.usableGib)).toEqual([9.75, 9.5, 16]);
  });

  it('are accelerators with their share of memory, bandwidth and arithmetic, and no link', () => {
    const slice = catalog.slices().get('h200-sxm-3g.71gb');
    const whole = catalog.accelerators.get('h200-sxm');
    if (slice === undefined || whole === undefined) throw new Error('no such slice');
    const part = acceleratorOf(slice, whole);
    expect(part).toMatchObject({ sliceOf: 'h200-sxm', usableGib: 70.5, bandwidthGbPerSecond: 2400 });
    expect(part.denseTflops.bf16).toBeCloseTo((989 * 60) / 132, 6);
    expect(part.link.domain).toBe(1);
  });
});
