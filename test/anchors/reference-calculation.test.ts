import { describe, expect, it } from 'vitest';
import type { Purchase } from '#lib/catalog/purchase';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { breakEvenMillionTokens, usdPerMillionTokens } from '#lib/cost/unit-economics';
import { assumed, bookOf, capital, financeOf, monthly, planOf } from '../_support/bill-builders';

// Eight H200, 36 months, 9 % a year, 730 h a month, 185,000 USD per loaded engineer, 2,500 tokens/s per GPU half used.
const H = 730;
const P5EN = 63.296;
const IT_KW = 10.2;

const book = bookOf(
  {
    p5en: P5EN,
    'p5en-plan': P5EN * 0.5487,
    'ml.p5en': P5EN * 1.15,
    'control-plane': 0.1,
    neocloud: 4.4,
    leased: 1.6,
    server: 370_000,
    building: 11_300,
  },
  {
    'people.loaded-usd-per-year': 185_000,
    one: 1,
    'hardware.extra': 0.2,
    'colo.usd-per-kw-month': 195.94,
    kwh: 0.0871,
    'colo.pue': 1.3,
    'facility.pue': 1.52,
    'load-factor': 0.8,
    maintenance: 0.05 / 12,
    'facility-maintenance': 0.03 / 12,
    'server.residual.share-12': 0.75,
    'server.residual.share-24': 0.5,
    'server.residual.share-36': 0.25,
    'server.residual.share-60': 0.1,
  },
);

const staff = (fte: number) => assumed('people.run', fte / 12, ['people.loaded-usd-per-year']);
const build = (usd: number) => assumed('people.build', usd, ['one'], 'once');
const HARDWARE_USD = 370_000 * 1.2;

function colo(nodes: number, fte: number, buildUsd: number): Purchase[] {
  return [
    capital('server', nodes, 'server', 60, ['hardware.extra']),
    assumed('space', IT_KW * nodes, ['colo.usd-per-kw-month']),
    assumed('energy', IT_KW * H * nodes, ['kwh', 'colo.pue', 'load-factor']),
    assumed('maintenance', HARDWARE_USD * nodes, ['maintenance']),
    staff(fte),
    build(buildUsd),
  ];
}

const options: Record<string, Purchase[]> = {
  'A on demand': [monthly('p5en', H), monthly('control-plane', H), staff(0.5), build(20_000)],
  'B savings plan': [monthly('p5en-plan', H), monthly('control-plane', H), staff(0.5), build(20_000)],
  'C SageMaker': [monthly('ml.p5en', H), staff(0.25), build(10_000)],
  'D neocloud': [monthly('neocloud', 8 * H), staff(0.6), build(25_000)],
  'E leased': [monthly('leased', 8 * H), staff(0.75), build(30_000)],
  'F colo': colo(1, 1, 60_000),
  'G self-built': [
    capital('server', 1, 'server', 60, ['hardware.extra']),
    capital('building', IT_KW, 'annuity', 180),
    assumed('energy', IT_KW * H, ['kwh', 'facility.pue', 'load-factor']),
    assumed('maintenance', HARDWARE_USD, ['maintenance']),
    assumed('building-maintenance', IT_KW * 11_300, ['facility-maintenance']),
    staff(1.5),
    build(120_000),
  ],
};

const bill = (purchases: readonly Purchase[]) =>
  estimateFromPlan(planOf(purchases), { prices: book, finance: financeOf(), asOf: '2026-11-23' });

describe('the reference calculation', () => {
  it.each([
    ['A on demand', 1_726_489.93, 54_620.14, 9.3528, 2.0784],
    ['B savings plan', 1_067_352.96, 33_767.34, 5.7821, 1.2849],
    ['C SageMaker', 1_811_435.41, 57_307.52, 9.8129, 2.1807],
    ['D neocloud', 1_129_609.26, 35_736.91, 6.1193, 1.3599],
    ['E leased', 690_834.25, 21_855.6, 3.7424, 0.8316],
    ['F colo', 1_048_563.63, 33_172.91, 5.6803, 1.2623],
    ['G self-built', 1_337_954.34, 42_328.23, 7.248, 1.6107],
  ])('prices %s to the cent', (name, presentValueUsd, monthlyUsd, usdPerGpuHour, usdPerMillion) => {
    const { totals } = bill(options[name] ?? []);
    expect(totals.presentValueUsd.toFixed(2)).toBe(presentValueUsd.toFixed(2));
    expect(totals.monthlyUsd.base.toFixed(2)).toBe(monthlyUsd.toFixed(2));
    const perGpuHour = totals.monthlyUsd.base / (8 * H);
    expect(perGpuHour).toBeCloseTo(usdPerGpuHour, 4);
    expect(usdPerMillionTokens(perGpuHour, 2_500, 0.5)).toBeCloseTo(usdPerMillion, 4);
  });

  it.each([
    [1, 1, 5.68],
    [8, 2.5, 3.655],
    [64, 8, 3.086],
  ])('makes %i owned servers with %f engineers cheaper per GPU-hour', (nodes, fte, usdPerGpuHour) => {
    const { totals } = bill(colo(nodes, fte, 60_000 * Math.sqrt(nodes)));
    expect(totals.monthlyUsd.base / (8 * nodes * H)).toBeCloseTo(usdPerGpuHour, 3);
  });

  it.each([
    ['Claude Sonnet 4.6', 3, 15, 5_529],
    ['DeepSeek R1', 1.35, 5.4, 14_041],
    ['Nova Pro', 0.8, 3.2, 23_695],
    ['Llama 3.3 70B', 0.72, 0.72, 46_073],
    ['gpt-oss-120b', 0.15, 0.6, null],
  ])('breaks even against %s where the table says', (_, input, output, millions) => {
    const fleet = bill(options['F colo'] ?? []).totals.monthlyUsd.base;
    const found = breakEvenMillionTokens(fleet, input * 0.75 + output * 0.25, 52_560);
    expect(found === null ? null : Math.round(found / 1) - (millions ?? 0)).toBe(
      millions === null ? null : 0,
    );
  });
});
