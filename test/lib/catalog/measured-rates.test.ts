import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import { withReach } from '#lib/catalog/measured-rates';

const { accelerators } = loadCatalog();
const reachOf = (id: string) => accelerators.get(id)?.reach;

describe('what an accelerator reaches of its datasheet beside H100', () => {
  it('is its measured share over that of H100, quantity by quantity', () => {
    const reach = reachOf('mi300x');
    // BabelStream's triad: 4.09 of 5.3 TB/s, and 2.97 of 3.35.
    expect(reach?.bandwidth).toBeCloseTo(4090 / 5300 / (2970 / 3350), 6);
    expect(reach?.bf16).toBeCloseTo(668.4 / 1307 / (794.5 / 989), 6);
    expect(reach?.fp8).toBeCloseTo(1159.54 / 2615 / (1382.2 / 1979), 6);
    expect(reach?.link).toBeCloseTo(316.82 / 448 / (478.87 / 450), 6);
    expect(reach?.sumStart).toBeCloseTo(48.6 / 30.2, 6);
  });

  it('falls back to its own BF16, then to its architecture, then to its family', () => {
    expect(reachOf('mi325x')?.fp8).toBe(reachOf('mi325x')?.bf16);
    expect(reachOf('mi325x')?.bandwidth).toBe(reachOf('mi300x')?.bandwidth);
    expect(reachOf('mi350x')?.bf16).toBe(reachOf('mi355x')?.bf16);
    expect(reachOf('mi355x')?.link).toBe(reachOf('mi300x')?.link);
    expect(reachOf('trainium3')?.bandwidth).toBe(reachOf('trainium2')?.bandwidth);
  });

  it('is left alone where constants are fitted on the family, or nobody measured any of it', () => {
    const fitted = ['h100-sxm', 'h200-sxm', 'b200-sxm', 'rtx-pro-6000-bw', 'a100-80-sxm', 'l4', 'l40s'];
    expect(fitted.filter((id) => !accelerators.has(id))).toEqual([]);
    expect(fitted.filter((id) => reachOf(id) !== undefined)).toEqual([]);
  });

  it('is not asked for where the yardstick is not at hand', () => {
    const few = new Map([...accelerators].filter(([id]) => id === 'mi300x'));
    expect(withReach(few)).toBe(few);
  });
});
