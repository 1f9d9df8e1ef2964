import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import { CATALOG_TABLES, searchCatalog } from '#lib/catalog/query';

const catalog = loadCatalog();
const asOf = '2026-11-23';

describe('a search of the catalog', () => {
  it('finds by words in any case and any order', () => {
    const { rows } = searchCatalog(catalog, { kind: 'accelerators', text: 'SXM h100', asOf });
    expect(rows.map(({ id }) => id)).toEqual(['h100-sxm']);
  });

  it('looks through every table unless told one', () => {
    const { rows } = searchCatalog(catalog, { asOf });
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(CATALOG_TABLES));
  });

  it('limits the rows but counts them all', () => {
    const { rows, total } = searchCatalog(catalog, { kind: 'prices', text: 'p5.48xlarge', limit: 2, asOf });
    expect(rows).toHaveLength(2);
    expect(total).toBeGreaterThan(10);
  });

  it('gives a price with its figure, date, staleness and source', () => {
    const { rows } = searchCatalog(catalog, {
      kind: 'prices',
      text: 'aws/ec2/p5.48xlarge/us-east-1/on-demand',
      asOf,
    });
    expect(rows).toEqual([
      {
        kind: 'prices',
        id: 'aws/ec2/p5.48xlarge/us-east-1/on-demand/instance-hour',
        title: 'aws ec2 p5.48xlarge',
        facts: '55.04 USD per instance-hour',
        asOf: '2026-09-16',
        staleness: {
          state: 'warn',
          ageDays: 68,
          class: { id: 'gpu', label: 'GPU instances of a cloud', warnDays: 45, staleDays: 120 },
        },
        sources: ['vantage-gpu-2026-09'],
      },
    ]);
  });

  it('keeps only facts older than asked for, and drops what has no date of its own', () => {
    const { rows } = searchCatalog(catalog, { olderThanDays: 700, asOf });
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.every((row) => row.asOf !== null && row.asOf < '2024-12-24')).toBe(true);
  });

  it('says where parameters are not published', () => {
    const { rows } = searchCatalog(catalog, { kind: 'models', text: 'claude-opus-4.5', asOf });
    expect(rows.map(({ facts }) => facts)).toEqual(['parameters not published, context 200000 tokens']);
  });

  it('shows assumptions with their band', () => {
    const { rows } = searchCatalog(catalog, { kind: 'assumptions', text: 'facility.pue', asOf });
    expect(rows.map(({ facts }) => facts)).toEqual(['1.52 (1.15–1.8) ratio']);
  });

  it('finds nothing for a word that stands nowhere', () => {
    expect(searchCatalog(catalog, { text: 'abacus', asOf })).toEqual({ rows: [], total: 0 });
  });
});
