import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import { priceId } from '#lib/catalog/prices';
import * as account from './account-records';
import { FILES, MADE_FILES, PRICE_FILES, ROW_FILES, parsed, readText, records } from './files';
import * as hardware from './hardware-record';
import { ImportArchitectureRecord, ImportUnitsRecord, ManagedModelRecord } from './bedrock-record';
import { PRICE_TERMS, PRICE_UNITS } from './price-vocabulary';
import * as shape from './records';
import { ServingRowRecord, UnfittedRowRecord } from './serving-row-record';

const catalog = loadCatalog();
const prices = PRICE_FILES.flatMap((file) => parsed(file, shape.PriceRecordShape));

/** What a table is sorted by, where it is not `id`. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'managed-models.json': ['model', 'modelId'],
  'regional-factors.json': ['seller', 'service', 'base', 'region'],
  'quality.json': ['precision'],
};
const PRICE_PLACE = ['seller', 'service', 'region', 'unit', 'term'] as const;
const PRICE_KEY = ['seller', 'service', 'sku', 'region', 'term', 'unit'];

function keyOf(file: string, record: unknown): string {
  const fields = new Map(Object.entries(record as object));
  const names = file.startsWith('prices/')
    ? PRICE_KEY
    : (KEYS[file] ?? (ROW_FILES.includes(file) ? ['0'] : ['id']));
  return names.map((name) => String(fields.get(name))).join('/');
}

describe('every file of the catalog', () => {
  it.each(FILES)('%s has one canonical record a line', (file) => {
    const lines = records(file).map((record) => JSON.stringify(record));
    expect(readText(file)).toBe(`[\n${lines.join(',\n')}\n]\n`);
  });

  it.each(FILES)('%s is sorted by its key, and each key stands once', (file) => {
    const rows = ROW_FILES.includes(file) ? records(file).slice(1) : records(file);
    const keys = rows.map((record) => keyOf(file, record));
    const sorted = [...new Set(keys)].toSorted((a, b) => (a < b ? -1 : 1));
    expect(keys).toEqual(sorted);
  });

  it.each(FILES)('%s says nothing of the machine it was made on', (file) => {
    expect(readText(file)).not.toMatch(/\/work\/|index id|find_string|pages corpus/);
  });
});

describe('the records of the catalog', () => {
  it.each([
    ['accelerators.json', shape.AcceleratorRecord, 32],
    ['accelerator-slices.json', shape.AcceleratorSliceRecord, 33],
    ['instances.json', shape.InstanceRecord, 67],
    ['node-sizes.json', hardware.NodeSizeRecord, 1363],
    ['servers.json', hardware.ServerRecord, 6],
    ['switches.json', hardware.SwitchRecord, 3],
    ['circuits.json', hardware.CircuitRecord, 9],
    ['managed-models.json', ManagedModelRecord, 36],
    ['regional-factors.json', shape.RegionalFactorRecord, 558],
    ['exchange-rates.json', shape.ExchangeRateRecord, 10],
    ['free-tier.json', shape.FreeAllowanceRecord, 24],
    ['aws-regions.json', shape.AwsRegionRecord, 47],
    ['service-quotas.json', account.ServiceQuotaRecord, 20],
    ['licence-terms.json', account.LicenceTermsRecord, 7],
    ['import-architectures.json', ImportArchitectureRecord, 8],
    ['import-units.json', ImportUnitsRecord, 3],
    ['held-requests.json', shape.HeldRequestsRecord, 14],
    ['quality.json', shape.QualityRecord, 5],
    ['assumptions.json', shape.AssumptionRecord, records('assumptions.json').length],
    ['sources.json', shape.SourceRecord, records('sources.json').length],
  ])('%s holds to its schema and is complete', (file, schema, count) => {
    expect(parsed(file, schema)).toHaveLength(count);
  });

  it('models.json holds 46 models with dimensions and the managed-only ones apart', () => {
    const models = parsed('models.json', shape.ModelRecord);
    const managedOnly = models.filter(({ layers }) => layers === 0);
    expect(models.length - managedOnly.length).toBe(46);
    expect(managedOnly.every(({ paramsTotalB, note }) => paramsTotalB === null && note !== null)).toBe(true);
  });

  it('the price files hold at least the 1,674 facts that they held: listings of several regions count once', () => {
    const lists = prices.filter(({ note }) => note?.includes('one listing for'));
    const spread = lists.length - new Set(lists.map(({ sku, unit, term }) => `${sku} ${unit} ${term}`)).size;
    const estimates = prices.filter(({ sku }) => sku === 'hgx-b300');
    expect(prices.length - spread - estimates.length).toBeGreaterThanOrEqual(1674);
  });

  it.each([
    ['quality-evidence.json', 84],
    ['vector-search-rows.json', 289],
    ['training-rows.json', 434],
  ])('%s holds %i rows', (file, count) => {
    expect(records(file)).toHaveLength(count);
  });

  it('every licence with terms is one that a model has', () => {
    const licences = new Set([...catalog.models.values()].map(({ licence }) => licence));
    expect([...catalog.licenceTerms().keys()].filter((id) => !licences.has(id))).toEqual([]);
  });

  it('every quota has a code of its own, or a place for the name that it is found by', () => {
    const quotas = catalog.serviceQuotas();
    const codes = quotas.flatMap(({ code }) => (code === null ? [] : [code]));
    expect(new Set(codes).size).toBe(codes.length);
    expect(
      quotas.filter(({ code, names }) => (code === null) !== names.every((name) => name.includes('*'))),
    ).toEqual([]);
  });

  it('every serving row unpacks to its schema', () => {
    const rows = catalog.servingRows().map((row) => ServingRowRecord.parse(row));
    expect(rows).toHaveLength(2096);
  });

  it('every run that nothing is fitted on unpacks to its schema, and its accelerator has no calibration rows', () => {
    const rows = catalog.unfittedRows().map((row) => UnfittedRowRecord.parse(row));
    expect(rows).toHaveLength(180);
    const fitted = new Set(catalog.servingRows().map(({ gpu }) => gpu));
    expect(rows.filter(({ gpu }) => fitted.has(gpu))).toEqual([]);
  });

  it('prices in other currencies are converted by the rate of the catalog', () => {
    const converted = prices.filter(({ native }) => native !== undefined);
    const wrong = converted.filter(({ native, usd }) => {
      const rate = catalog.exchangeRates.get(native?.currency ?? '')?.perUsd;
      return native?.perUsd !== rate || usd !== Number(((native?.amount ?? 0) / (rate ?? 1)).toPrecision(6));
    });
    expect(converted.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it('a price begins with its seller, whose file it stands in, its service and its SKU', () => {
    const broken = PRICE_FILES.flatMap((file) =>
      parsed(file, shape.PriceRecordShape).filter((price) => {
        const inOrder = Object.keys(price).slice(0, 3).join(' ') === 'seller service sku';
        return !inOrder || file !== `prices/${price.seller}.json`;
      }),
    );
    expect(broken).toEqual([]);
  });

  it('bands are ordered', () => {
    const bands = [
      ...catalog.assumptions.values(),
      ...catalog.quality,
      ...catalog.regionalFactors.map(({ factor, low = factor, high = factor }) => ({
        low,
        base: factor,
        high,
      })),
      ...[...catalog.servers.values(), ...catalog.switches().values()].map(({ powerKw }) => powerKw),
      ...prices.map(({ usd, lowUsd = usd, highUsd = usd }) => ({ low: lowUsd, base: usd, high: highUsd })),
    ];
    expect(bands.filter(({ low, base, high }) => low > base || base > high)).toEqual([]);
  });
});

describe('the references between records', () => {
  it('every step of a ladder follows a first step of its region, higher up and never dearer', () => {
    const steps = prices.filter((price) => price.step !== undefined);
    const place = (price: (typeof prices)[number]) => PRICE_PLACE.map((field) => price[field]).join('/');
    const broken = steps.filter((upper) => {
      const below = prices
        .filter((price) => place(price) === place(upper))
        .filter(({ sku, step }) => (step?.of ?? sku) === upper.step?.of)
        .filter(({ step }) => (step?.from ?? 0) < (upper.step?.from ?? 0))
        .toSorted((a, b) => (b.step?.from ?? 0) - (a.step?.from ?? 0));
      return below.length === 0 || below.at(-1)?.step !== undefined || (below[0]?.usd ?? 0) < upper.usd;
    });
    expect(broken).toEqual([]);
    expect(steps.length).toBeGreaterThanOrEqual(60);
  });

  it('every cited source exists, and every source is cited', () => {
    const runs = [...catalog.servingRows(), ...catalog.unfittedRows()];
    const cited = new Set<string>(runs.map(({ source }) => source));
    for (const file of [...FILES.filter((name) => !ROW_FILES.includes(name)), ...MADE_FILES]) {
      for (const [, list, one] of readText(file).matchAll(/"sources":\[([^\]]*)\]|"source":"([^"]+)"/g)) {
        if (one !== undefined) cited.add(one);
        for (const id of list?.match(/[^",]+/g) ?? []) cited.add(id);
      }
    }
    expect([...cited].toSorted()).toEqual([...catalog.sources().keys()].toSorted());
  });

  it('accelerators of instances, servers, prices and runs exist', () => {
    const named = [
      ...[...catalog.instances.values()].map(({ accelerator }) => accelerator),
      ...[...catalog.servers.values()].map(({ accelerator }) => accelerator),
      ...prices.map(({ accelerator }) => accelerator ?? null),
      ...catalog.servingRows().map(({ gpu }) => gpu),
      ...catalog.unfittedRows().map(({ gpu }) => gpu),
    ].filter((id) => id !== null);
    expect([...new Set(named)].filter((id) => !catalog.accelerators.has(id))).toEqual([]);
  });

  it('models of managed offers and of runs exist', () => {
    const named = [
      ...catalog.managedModels.map(({ model }) => model),
      ...catalog.servingRows().map(({ model }) => model),
      ...catalog.unfittedRows().map(({ model }) => model),
    ];
    expect([...new Set(named)].filter((id) => !catalog.models.has(id))).toEqual([]);
  });

  it('every instance has a price, and its GPUs are as many as its price says', () => {
    const wrong = [...catalog.instances.values()].filter(({ id, gpus, accelerator }) => {
      const own = prices.filter(({ seller, sku }) => seller === 'aws' && sku === id);
      const counts = own.flatMap(({ acceleratorCount }) => acceleratorCount ?? []);
      const names = own.flatMap(({ accelerator }) => accelerator ?? []);
      return own.length === 0 || counts.some((n) => n !== gpus) || names.some((name) => name !== accelerator);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('an instance has GPUs exactly if it names an accelerator', () => {
    const odd = [...catalog.instances.values()].filter(
      ({ accelerator, gpus }) => (accelerator === null) !== (gpus === 0),
    );
    expect(odd).toEqual([]);
  });

  it('every server and switch is sold under the price it names', () => {
    const ids = new Set(prices.map(priceId));
    const sold = [...catalog.servers.values(), ...catalog.switches().values()];
    expect(sold.filter(({ priceId: id }) => id !== null && !ids.has(id))).toEqual([]);
  });

  it('every server is networked by a switch of the catalog', () => {
    const named = [...catalog.servers.values()].map(({ fabric }) => fabric.switch);
    expect(named.filter((id) => !catalog.switches().has(id))).toEqual([]);
  });

  it('every profile of a managed model has a price for what it counts by: tokens read, tokens written, queries', () => {
    const listed = new Set(prices.map(({ service, sku, unit }) => `${service} ${sku} ${unit}`));
    const missing = catalog.managedModels.flatMap(({ model, modelId, profiles }) =>
      profiles.flatMap((profile) => {
        const sku = profile === 'in-region' ? modelId : `${profile}.${modelId}`;
        const units = {
          llm: ['1M input tokens', '1M output tokens'],
          embedding: ['1M input tokens'],
          reranker: ['query'],
        }[catalog.models.get(model)?.kind ?? 'llm'];
        return units.map((unit) => `bedrock ${sku} ${unit}`).filter((key) => !listed.has(key));
      }),
    );
    expect(missing).toEqual([]);
  });

  it('every unit and every term of the vocabulary is in use', () => {
    expect([...new Set(prices.map(({ unit }) => unit))].toSorted()).toEqual([...PRICE_UNITS].toSorted());
    expect([...new Set(prices.map(({ term }) => term))].toSorted()).toEqual([...PRICE_TERMS].toSorted());
  });

  it('no factor derives GPU sellers or model tokens', () => {
    const services = new Set(catalog.regionalFactors.map(({ service }) => service));
    expect(
      ['bedrock', 'sagemaker', 'ec2-spot', 'ec2-capacity-block', '*'].filter((id) => services.has(id)),
    ).toEqual([]);
  });
});
