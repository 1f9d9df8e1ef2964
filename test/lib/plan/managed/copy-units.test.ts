import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { ImportArchitecture } from '#lib/catalog/model-import';
import type { Model } from '#lib/catalog/models';
import { copyUnits, importedWeightsGb } from '#lib/plan/managed/copy-units';

const catalog = loadCatalog();
const published = catalog.importUnits();

function model(id: string): Model {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

function taken(id: string): ImportArchitecture {
  const found = catalog.importArchitectures().get(model(id).architecture ?? '');
  if (found === undefined) throw new Error(`${id} is not taken`);
  return found;
}

describe('units of an imported copy', () => {
  it.each([
    ['llama-3.1-8b', 2],
    ['llama-3.1-70b', 8],
  ])('are those that AWS publishes of %s', (id, units) => {
    expect(copyUnits(model(id), taken(id), published)).toMatchObject({
      units: { low: units, base: units, high: units },
      derived: false,
    });
  });

  it('hold weights and context as the model catalog has them', () => {
    for (const copy of published.filter(({ id }) => catalog.models.has(id))) {
      expect(copy.weightsGb).toBeCloseTo(importedWeightsGb(model(copy.id)) ?? 0, 1);
      expect(copy.cacheBytesPerToken).toBe((model(copy.id).kvElementsPerToken ?? 0) * 2);
    }
  });

  it.each(['llama-3.1-8b', 'llama-3.1-70b'])(
    'of %s lie within the band that the other published copies give',
    (id) => {
      const others = published.filter((copy) => copy.id !== id);
      const known = published.find((copy) => copy.id === id)?.unitsPerCopy ?? 0;
      const { units } = copyUnits(model(id), taken(id), others) ?? { units: null };
      expect(units?.low).toBeLessThanOrEqual(known);
      expect(units?.high).toBeGreaterThanOrEqual(known);
    },
  );

  it('of a size between are a power of two with a band, and say what they follow from', () => {
    const found = copyUnits(model('qwen3-32b'), taken('qwen3-32b'), published);
    expect(found).toMatchObject({ units: { low: 2, base: 4, high: 8 }, derived: true });
    expect(found?.from).toContain('Llama 3.1 70B (8)');
  });

  it('are unknown where no copy of their version is published', () => {
    expect(copyUnits(model('gpt-oss-20b'), taken('gpt-oss-20b'), published)).toBeNull();
  });
});
