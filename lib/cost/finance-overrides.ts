import type { StatedRate } from '#lib/catalog/exchange-rates';
import type { PriceDiscount } from '#lib/catalog/price-discount';
import type { PriceOverride } from '#lib/catalog/prices';
import type { Band } from '#lib/units/band';
import type { Finance } from '#lib/spec/schema/finance';

/** What the environment's `finance` puts in the place of the catalog's prices and assumptions. */
export interface FinanceOverrides {
  readonly prices: Readonly<Record<string, PriceOverride>>;
  readonly assumptions: Readonly<Record<string, number | Band>>;
  /** Rates by which prices in other currencies become USD. */
  readonly exchangeRates: Readonly<Record<string, StatedRate>>;
  /** What contracts take off listed prices, by the beginning of their ids. */
  readonly discounts: Readonly<Record<string, PriceDiscount>>;
}

const ELECTRICITY = [
  'electricity.us.usd-per-kwh',
  'electricity.eu.usd-per-kwh',
  'electricity.china.usd-per-kwh',
];

/** The overrides for `createPriceBook`. An assumption named by its id wins over the short forms. */
export function overridesOf(finance: Finance): FinanceOverrides {
  const { powerUsdPerKwh, people } = finance;
  const power = powerUsdPerKwh === undefined ? [] : ELECTRICITY.map((id) => [id, powerUsdPerKwh] as const);
  const demand =
    finance.demandUsdPerKwMonth === undefined
      ? []
      : [['electricity.demand-usd-per-kw-month', finance.demandUsdPerKwMonth] as const];
  const salary =
    people.loadedUsdPerYear === undefined
      ? []
      : [['people.loaded-usd-per-year', people.loadedUsdPerYear] as const];
  return {
    prices: finance.prices,
    exchangeRates: finance.exchangeRates,
    discounts: finance.discounts,
    assumptions: { ...Object.fromEntries([...power, ...demand, ...salary]), ...finance.assumptions },
  };
}
