import type { Catalog } from '#lib/catalog/catalog';
import type { Dice } from './dice';

/** Money and time, as an environment file writes them. */
export function randomFinance(dice: Dice, catalog: Catalog): Record<string, unknown> {
  const maybe = <Value>(probability: number, make: () => Value) =>
    dice.chance(probability) ? make() : undefined;
  const proof = { document: 'a quote', asOf: '2026-10-30' };
  return {
    horizonMonths: dice.one([12, 24, 36, 36, 60]),
    discountRatePerYear: maybe(0.3, () => dice.one([0, 0.05, 0.15])),
    powerUsdPerKwh: maybe(0.15, () => dice.magnitude(0.04, 0.3)),
    demandUsdPerKwMonth: maybe(0.15, () => dice.magnitude(2, 40)),
    awsSupportPlan: maybe(0.25, () => dice.one(['developer', 'business', 'enterprise'])),
    tax: maybe(0.15, () => ({ rate: dice.one([0, 0.21, 0.3]) })),
    compliance: maybe(0.2, () => ({ fixedUsd: dice.one([0, 40_000]), usdPerYear: dice.one([0, 25_000]) })),
    people: maybe(0.3, () => ({
      loadedUsdPerYear: maybe(0.5, () => dice.magnitude(40_000, 300_000)),
      onCall: maybe(0.5, () => dice.chance(0.5)),
    })),
    benefitUsdPerMonth: maybe(0.3, () => dice.magnitude(1e3, 1e6)),
    prices: maybe(0.2, () => ({
      [dice.one(catalog.prices()).id]: { usd: dice.magnitude(0.01, 100), ...proof },
    })),
    discounts: maybe(0.2, () => ({
      [dice.one(['aws', 'aws/ec2', 'aws/bedrock'])]: { share: 0.12, ...proof },
    })),
    assumptions: maybe(0.3, () => ({ [dice.one([...catalog.assumptions.keys()])]: dice.magnitude(0.05, 5) })),
  };
}
