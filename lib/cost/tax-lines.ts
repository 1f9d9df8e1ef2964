import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { FleetCourse } from '#lib/cash/fleet-course';
import type { PricedLine } from '#lib/cost/line-item';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { environmentSource } from '#lib/cost/stated-line';
import { writtenOffCash } from '#lib/cash/write-off';
import type { Finance } from '#lib/spec/schema/finance';
import { mapBand, scaleBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/**
 * What tax gives back, as negative lines: every cost lowers it when it is paid, owned hardware as it is written off. Both,
 * because counting the depreciation alone would favour whoever buys. All figures are then after tax.
 */
export function taxLines(
  purchases: readonly Purchase[],
  bought: readonly PricedLine[],
  others: readonly PricedLine[],
  finance: Finance,
  context: { readonly prices: PriceBook; readonly asOf: string; readonly fleet: FleetCourse | null },
): PricedLine[] {
  const { tax, horizonMonths } = finance;
  if (tax === undefined || tax.rate === 0) return [];
  const capital = bought.flatMap((priced, index) => {
    const purchase = purchases[index];
    return purchase?.kind === 'capital' && priced.cashUsd !== null ? [{ purchase, priced }] : [];
  });
  const owned = new Set(capital.map(({ priced }) => priced));
  const expenses = [...bought, ...others].filter((priced) => !owned.has(priced));
  const written = capital.map(({ purchase, priced }) => ({
    usd: priced.line.quantity * (priced.line.unitPriceUsd ?? 0),
    byMonth: writtenOffCash(purchase, { ...finance, prices: context.prices, fleet: context.fleet }),
  }));
  const writtenOff = Array.from({ length: horizonMonths + 1 }, (_, month) =>
    written.reduce((sum, { usd, byMonth }) => sum + usd * (byMonth[month] ?? 0), 0),
  );
  const worth = presentValue(writtenOff, finance.discountRatePerYear);
  const monthly = monthlyEquivalent(worth, horizonMonths, finance.discountRatePerYear);
  const expenseLine = (tangible: boolean, key: string, label: string) => {
    const among = expenses.filter(({ line }) => line.tangible === tangible);
    if (among.length === 0) return [];
    return [
      taxLine(
        { key, label, what: 'cost of each month', tangible },
        sumBands(among),
        among.reduce((usd, { line }) => usd + (line.presentValueUsd ?? 0), 0),
        cashOf(among, horizonMonths),
        tax.rate,
        context.asOf,
      ),
    ];
  };
  return [
    ...expenseLine(true, 'tax.expenses', 'Tax saved by running cost'),
    ...expenseLine(false, 'tax.intangible', 'Tax saved by people and other intangible cost'),
    ...(capital.length === 0
      ? []
      : [
          taxLine(
            {
              key: 'tax.depreciation',
              label: 'Tax saved by depreciation',
              what: 'MACRS over five years',
              tangible: true,
            },
            scaleBand(proportions(capital.map(({ priced }) => priced)), monthly),
            worth,
            writtenOff,
            tax.rate,
            context.asOf,
          ),
        ]),
  ];
}

function taxLine(
  head: { readonly key: string; readonly label: string; readonly what: string; readonly tangible: boolean },
  monthly: Band,
  presentValueUsd: number,
  cashUsd: readonly number[],
  rate: number,
  asOf: string,
): PricedLine {
  const band = mapBand(monthly, (usd) => roundUsd(-rate * usd));
  return {
    cashUsd: cashUsd.map((usd) => -rate * usd),
    line: {
      key: head.key,
      label: head.label,
      category: 'tax',
      tangible: head.tangible,
      quantity: roundUsd(monthly.base),
      unit: 'USD deducted a month',
      unitPriceUsd: -rate,
      monthlyUsd: band.base,
      monthlyBandUsd: band,
      oneOffUsd: roundUsd(-rate * (cashUsd[0] ?? 0)),
      presentValueUsd: roundUsd(-rate * presentValueUsd),
      basis: `${head.what} × tax rate ${rate}`,
      source: environmentSource(asOf),
      resources: [],
      state: 'priced',
      derived: false,
      assumed: true,
    },
  };
}

/** Low and high of these lines relative to their base. */
function proportions(lines: readonly PricedLine[]): Band {
  const { low, base, high } = sumBands(lines);
  return base === 0 ? { low: 1, base: 1, high: 1 } : { low: low / base, base: 1, high: high / base };
}

function sumBands(lines: readonly PricedLine[]): Band {
  const at = (bound: keyof Band) =>
    lines.reduce((usd, { line }) => usd + (line.monthlyBandUsd?.[bound] ?? 0), 0);
  return { low: at('low'), base: at('base'), high: at('high') };
}

function cashOf(lines: readonly PricedLine[], horizonMonths: number): number[] {
  return Array.from({ length: horizonMonths + 1 }, (_, month) =>
    lines.reduce((usd, { cashUsd }) => usd + (cashUsd?.[month] ?? 0), 0),
  );
}
