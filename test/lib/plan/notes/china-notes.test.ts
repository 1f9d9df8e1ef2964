import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { chinaNotes } from '#lib/plan/notes/china-notes';

const catalog = loadCatalog();

function notes(id: string, region: string, isBought = true): string {
  const accelerator = catalog.accelerators.get(id);
  if (accelerator === undefined) throw new Error(`no ${id}`);
  const rent = { seller: 'x', service: 'x', sku: 'x', region, term: 'x', unit: 'instance-hour' };
  return chinaNotes(accelerator, { price: isBought ? null : rent, region }).join(' | ');
}

describe('a model that is served in China', () => {
  it('says that an H100 of ones own takes a licence: 989 dense TFLOPS × 16 bits is above 4,800', () => {
    expect(notes('h100-sxm', 'china')).toMatch(/reaches 15,8\d\d .* US export licence/);
  });

  it('says no licence of an H20, 148 × 16 = 2,368, nor of what is rented', () => {
    expect(notes('h20', 'china')).not.toContain('licence');
    expect(notes('h100-sxm', 'cn-north-1', false)).not.toContain('licence');
  });

  it('names the mirror that weights come from, and says nothing elsewhere', () => {
    expect(notes('a10g', 'cn-north-1', false)).toContain('`HF_ENDPOINT`');
    expect(notes('h100-sxm', 'eu') + notes('h100-sxm', 'us-east-1', false)).toBe('');
  });
});
