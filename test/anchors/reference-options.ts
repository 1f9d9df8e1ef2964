import type { Purchase } from '#lib/catalog/purchase';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { assumed, bookOf, capital, financeOf, monthly, planOf } from '../_support/bill-builders';

// Eight H200, 36 months, 9 % a year, 730 h a month, 185,000 USD per loaded engineer, 2,500 tokens/s per GPU half used.
export const H = 730;
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

export const staff = (fte: number) => assumed('people.run', fte / 12, ['people.loaded-usd-per-year']);
export const build = (usd: number) => assumed('people.build', usd, ['one'], 'once');
const HARDWARE_USD = 370_000 * 1.2;

export function colo(nodes: number, fte: number, buildUsd: number): Purchase[] {
  return [
    capital('server', nodes, 'server', 60, ['hardware.extra']),
    assumed('space', IT_KW * nodes, ['colo.usd-per-kw-month']),
    assumed('energy', IT_KW * H * nodes, ['kwh', 'colo.pue', 'load-factor']),
    assumed('maintenance', HARDWARE_USD * nodes, ['maintenance']),
    staff(fte),
    build(buildUsd),
  ];
}

export const options: Record<string, Purchase[]> = {
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

export const bill = (purchases: readonly Purchase[]) =>
  estimateFromPlan(planOf(purchases), { prices: book, finance: financeOf(), asOf: '2026-11-23' });
