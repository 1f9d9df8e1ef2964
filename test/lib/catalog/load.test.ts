import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';

describe('the bundled catalog', () => {
  const catalog = loadCatalog();

  it('parses its big tables once', () => {
    expect(catalog.prices()).toBe(catalog.prices());
    expect(catalog.sources()).toBe(catalog.sources());
    expect(catalog.servingRows()).toBe(catalog.servingRows());
  });

  it('gives each price the id that its fields spell', () => {
    const price = catalog.prices().find(({ sku, region }) => sku === 'NAT gateway' && region === 'us-east-1');
    expect(price?.id).toBe('aws/vpc/NAT gateway/us-east-1/on-demand/hour');
  });

  it('indexes records by id', () => {
    expect(catalog.accelerators.get('h200-sxm')?.memoryGb).toBe(141);
    expect(catalog.instances.get('p6-b300.48xlarge')?.efa).toEqual({
      interfaces: 16,
      gbps: 6400,
      primaryCarriesEfa: false,
    });
  });

  it('throws where a folder holds no catalog', () => {
    expect(() => loadCatalog({ folder: '/nowhere' })).toThrow('ENOENT');
  });
});
