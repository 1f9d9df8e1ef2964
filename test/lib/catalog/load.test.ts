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

  it('gives the prices of a service as they stand among all', () => {
    const all = catalog.prices();
    const services = new Set(all.map(({ seller, service }) => `${seller}/${service}`));
    expect(services.size).toBeGreaterThan(70);
    for (const name of services) {
      const [seller = '', service = ''] = name.split('/');
      const own = all.filter((price) => price.seller === seller && price.service === service);
      expect(loadCatalog().prices(seller, service)).toEqual(own);
    }
    expect(catalog.prices('aws', 'no such service')).toEqual([]);
    expect(catalog.prices('nobody', 'ec2')).toEqual([]);
  });

  it('gives a part of a service as it stands among all of it, with prices laid over and without', () => {
    const all = catalog.prices();
    const laid = loadCatalog({
      prices: [{ id: 'pin', prices: all, sources: [], withdrawn: new Set(), factors: [] }],
    });
    for (const { seller, service, sku } of all.filter((_, index) => index % 7 === 0)) {
      const own = all.filter((price) => price.seller === seller && price.service === service);
      const ofSku = own.filter((price) => price.sku === sku);
      expect(catalog.prices(seller, service, { sku })).toEqual(ofSku);
      expect(laid.prices(seller, service, { sku })).toEqual(expect.arrayContaining(ofSku));
      const steps = own.filter(({ step }) => step !== undefined);
      expect(catalog.prices(seller, service, 'steps')).toEqual(steps);
    }
    expect(catalog.prices('aws', 'acmpca', 'steps').length).toBeGreaterThan(1);
    expect(catalog.prices('aws', 'ec2', { sku: 'no such instance' })).toEqual([]);
    expect(catalog.prices('aws', 'ec2', { sku: 'größer' })).toEqual([]);
  });

  it('knows the regions of a seller, with prices laid over and without', () => {
    const ofAws = catalog.prices().filter(({ seller }) => seller === 'aws');
    const regions = [...new Set(ofAws.map(({ region }) => region))];
    expect(new Set(catalog.pricedRegions('aws'))).toEqual(new Set(regions));
    const [price] = ofAws;
    if (price === undefined) throw new Error('no price');
    const moon = { ...price, id: price.id.replace(price.region, 'moon-1'), region: 'moon-1' };
    const live = {
      id: 'live',
      prices: [moon],
      sources: [],
      withdrawn: new Set([price.id]),
      factors: [],
    } as const;
    const above = loadCatalog({ prices: [live] });
    expect(above.pricedRegions('aws')).toContain('moon-1');
    const shelf = above.prices(price.seller, price.service).map(({ id }) => id);
    expect(shelf).toContain(moon.id);
    expect(shelf).not.toContain(price.id);
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
    expect(() => loadCatalog({ folder: '/nowhere' }).models).toThrow('ENOENT');
    expect(() => loadCatalog({ folder: '/nowhere' }).prices('aws', 'ec2')).toThrow('ENOENT');
  });
});
