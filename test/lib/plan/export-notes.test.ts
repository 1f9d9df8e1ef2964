import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { exportNotes } from '#lib/plan/export-notes';

const catalog = loadCatalog();

function notes(id: string, region: string, isBought = true): string[] {
  const accelerator = catalog.accelerators.get(id);
  if (accelerator === undefined) throw new Error(`no ${id}`);
  const rent = { seller: 'x', service: 'x', sku: 'x', region, term: 'x', unit: 'instance-hour' };
  return exportNotes(accelerator, { price: isBought ? null : rent, region });
}

describe('hardware that is bought for a site in China', () => {
  it('says that an H100 takes a licence: 989 dense TFLOPS × 16 bits is above 4,800', () => {
    expect(notes('h100-sxm', 'china')).toEqual([
      expect.stringMatching(/reaches 15,8\d\d .* US export licence/),
    ]);
  });

  it('says nothing of an H20, 148 × 16 = 2,368, nor of other places, nor of what is rented', () => {
    expect([
      ...notes('h20', 'china'),
      ...notes('h100-sxm', 'eu'),
      ...notes('h100-sxm', 'china', false),
    ]).toEqual([]);
  });
});
