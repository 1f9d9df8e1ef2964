import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { unitUsd, usd as amount } from '#lib/report/format';
import { figure, significant } from '#lib/units/figure';
import { landfall } from '../../_support/command-line';

describe('the price of one unit', () => {
  it.each([
    [3.09e-8, '0.0000000309'],
    [1.666_67e-5, '0.0000166667'],
    [0.0871, '0.0871'],
    [0.123_456_789, '0.123457'],
    [21.957_642, '21.96'],
    [0, '0'],
  ])('%d USD is written %s', (usd, text) => {
    expect(unitUsd(usd)).toBe(text);
  });

  it.each([
    [12_345.6, '12,346'],
    [0.0123, '0.01'],
    [0.001_23, '0.0012'],
    [0.000_034_6, '0.000035'],
    [0, '0'],
  ])('%d USD in all is written %s', (usd, text) => {
    expect(amount(usd)).toBe(text);
  });

  it('is never rounded to nothing, whatever the catalog lists', () => {
    for (const { usd } of loadCatalog().prices()) {
      if (usd === 0) continue;
      expect(Number(unitUsd(usd).replaceAll(',', ''))).toBeGreaterThan(0);
      expect(significant(usd, 12)).not.toContain('e');
      expect(Number(significant(usd, 12))).toBeCloseTo(usd, 10);
    }
  });

  it('has no exponent in sentences', () => {
    expect(figure(1.234_567e-9)).toBe('0.000000001235');
    expect(figure(-0.5)).toBe('−0.5');
  });

  it('stands in the catalog as it is multiplied', async () => {
    const { stdout } = await landfall(
      'catalog',
      'aws/lambda ephemeral us-east-1',
      '--kind',
      'prices',
      '--wide',
    );
    expect(stdout).toContain('0.0000000309 USD per GB-second');
  });
});
