import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from './memory-files';

const catalog = loadCatalog();
const withFinance = (finance: string) => SMALL.replace('deploy:', `finance:\n  ${finance}\ndeploy:`);
const load = (text: string) => loadEnvironment('e.yaml', catalog, memoryFiles({ 'e.yaml': text }));
const problems = (finance: string) => {
  const text = withFinance(finance);
  const line = text.split('\n').indexOf('finance:') + 2;
  return { line, found: problemsIn(() => load(text)) };
};

describe('a percentage where a share is meant', () => {
  it.each([
    ['discountRatePerYear: 8', 'write discountRatePerYear: 0.08'],
    ['discountRatePerYear: 900', 'write a figure in that range, for example `discountRatePerYear: 0.09`'],
  ])('%s', (finance, fix) => {
    expect(problems(finance).found).toMatchObject([{ code: 'OUT_OF_RANGE', fix }]);
  });
});

describe('impossible finance is refused where it stands', () => {
  it.each([
    ['a horizon of nothing', 'horizonMonths: 0', 18, 'OUT_OF_RANGE'],
    ['a horizon of 50 years', 'horizonMonths: 600', 18, 'OUT_OF_RANGE'],
    ['a rate of −100 %', 'discountRatePerYear: -1', 24, 'OUT_OF_RANGE'],
    ['a rate below −100 %', 'discountRatePerYear: -1.5', 24, 'OUT_OF_RANGE'],
    ['people who pay to work', 'people: { loadedUsdPerYear: -1 }', 31, 'OUT_OF_RANGE'],
    ['fewer than no people', 'assumptions: { people.run.fte.facility: -1 }', 43, 'OUT_OF_RANGE'],
    [
      'a low end of people below nothing',
      'assumptions: { people.run.fte.facility: { low: -1, base: 1, high: 2 } }',
      50,
      'OUT_OF_RANGE',
    ],
    ['a percentage for a share', 'assumptions: { power.load-factor: 80 }', 37, 'WRONG_UNIT'],
    ['a residual above the price', 'assumptions: { server.residual.share-36: 1.2 }', 44, 'OUT_OF_RANGE'],
    ['weeks for days', 'assumptions: { lead-time.leased.days: 8 weeks }', 41, 'WRONG_UNIT'],
    ['a facility that makes power', 'assumptions: { facility.pue: 0.9 }', 32, 'OUT_OF_RANGE'],
    ['a server that lives for no month', 'assumptions: { server.life-years: 0 }', 37, 'OUT_OF_RANGE'],
    ['a currency that nobody has a rate of', 'currency: XAU', 13, 'UNKNOWN_CURRENCY'],
    ['USD per MWh for USD per kWh', 'assumptions: { electricity.us.usd-per-kwh: 87.1 }', 46, 'WRONG_UNIT'],
  ])('%s', (_, finance, column, code) => {
    const { found, line } = problems(finance);
    expect(found).toMatchObject([{ code, at: `e.yaml:${line}:${column}` }]);
  });

  it.each([
    ['low: 1.6, base: 1.5, high: 1.4', '1.6', 'a low of at most base, 1.5', 'low: 1.4, base: 1.5, high: 1.6'],
    ['low: 1.6, base: 1.5, high: 1.7', '1.6', 'a low of at most base, 1.5', 'lower low, or raise base'],
    ['low: 1.3, base: 1.5, high: 1.4', '1.4', 'a high of at least base, 1.5', 'raise high, or lower base'],
  ])('ends out of order: %s', (band, got, expected, fix) => {
    const finance = `assumptions: { facility.pue: { ${band} } }`;
    const { found, line } = problems(finance);
    const column = `  ${finance}`.indexOf(got) + 1;
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'CONFLICT', at: `e.yaml:${line}:${column}`, got, expected });
    expect(found[0]?.fix).toContain(fix);
  });

  it('and a multiple below 1 is none of them', () => {
    expect(() => load(withFinance('assumptions: { traffic.growth-multiple: 0.8 }'))).not.toThrow();
  });

  it('a value out of its range, and not the order that it breaks', () => {
    const { found } = problems('assumptions: { facility.pue: { low: 1.1, base: -1, high: 1.4 } }');
    expect(found).toMatchObject([{ code: 'OUT_OF_RANGE', got: '-1' }]);
  });

  it('says what to write for a percentage, and what size a figure has in the right unit', () => {
    expect(problems('assumptions: { power.load-factor: 80 }').found[0]?.fix).toBe('write 0.8 for 80 %');
    expect(problems('assumptions: { electricity.us.usd-per-kwh: 87.1 }').found[0]?.fix).toContain(
      '0.067 to 0.137 USD/kWh',
    );
  });

  it('but not what is only unusual', () => {
    const unusual = withFinance('assumptions: { electricity.us.usd-per-kwh: 0.6, facility.pue: 1 }');
    expect(load(unusual).environment.finance.assumptions).toMatchObject({ 'facility.pue': 1 });
  });
});
