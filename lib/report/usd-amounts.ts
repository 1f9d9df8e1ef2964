import type { Comparison } from '#lib/compare/comparison';
import type { CurrencyAmounts, UsdAmount } from '#lib/cost/in-currency';
import type { Explanation } from '#lib/cost/explain/explain';
import type { BreakEven } from '#lib/decision/break-even';
import type { Sensitivity } from '#lib/decision/sensitivity';
import type { BillChange } from '#lib/diff/bill-change';
import type { DiffDocument } from '#lib/diff/environment-diff';
import type { Bom } from '#lib/facility/bom';
import type { Portfolio } from '#lib/portfolio/portfolio';
import type { Routes } from '#lib/routes/routes';
import { exactly, type Band } from '#lib/units/band';

/** The figures of a comparison that are shown in another currency: of every option that fits. */
export function comparisonAmounts({ scenarios, portfolio }: Comparison): UsdAmount[] {
  const rows = scenarios.flatMap(({ id, options }) =>
    options
      .filter(({ feasible }) => feasible)
      .flatMap(({ id: option, atLeast, waitAtLeast = false, ...row }) =>
        figuresOf(rowName(id, option, scenarios.length), atLeast || waitAtLeast, {
          'a month': row.monthlyUsd,
          'month 0': row.monthZeroCashUsd,
          'peak cash': row.peakCashUsd,
          'present value': row.presentValueUsd,
          'per Mtok': row.usdPerMillionTokens,
        }),
      ),
  );
  if (scenarios.length < 2) return rows;
  return [
    ...rows,
    { of: 'portfolio', figure: 'a month', usd: portfolio.monthlyUsd, atLeast: portfolio.atLeast },
  ];
}

export function portfolioAmounts({
  options,
  monthlyUsd,
  upfrontUsd,
  apartUsd,
  atLeast,
}: Portfolio): UsdAmount[] {
  if (monthlyUsd === null) return [];
  return [
    ...options.flatMap((one) =>
      figuresOf(one.option, one.atLeast, { 'a month': one.monthlyUsd, 'at the start': one.upfrontUsd }),
    ),
    ...figuresOf('total', atLeast, { 'a month': monthlyUsd, 'at the start': upfrontUsd }),
    ...figuresOf('the same choices apart', atLeast, { 'a month': apartUsd }),
  ];
}

/** Both options; the course of their cost at the end of the horizon. */
export function breakEvenAmounts({ options, course }: BreakEven): UsdAmount[] {
  const end = course.at(-1);
  return options.flatMap(({ id, monthlyUsd, atLeast }, index) =>
    figuresOf(id, atLeast, {
      'a month': monthlyUsd,
      'paid over the horizon': (index === 0 ? end?.aUsd : end?.bUsd) ?? null,
      'present value': (index === 0 ? end?.aPresentUsd : end?.bPresentUsd) ?? null,
    }),
  );
}

export function sensitivityAmounts({ scenarios }: Sensitivity): UsdAmount[] {
  return scenarios.flatMap(({ id, options }) =>
    options.flatMap(({ id: option, atLeast, monthlyUsd, p10Usd, p50Usd, p90Usd }) =>
      figuresOf(rowName(id, option, scenarios.length), atLeast, {
        'a month': monthlyUsd,
        P10: p10Usd,
        P50: p50Usd,
        P90: p90Usd,
      }),
    ),
  );
}

export function routesAmounts({ ways }: Routes): UsdAmount[] {
  return ways
    .filter(({ feasible }) => feasible)
    .flatMap(({ id, atLeast, monthlyUsd, servingMonthlyUsd, oneOffUsd, presentValueUsd }) =>
      figuresOf(id, atLeast, {
        'a month': monthlyUsd,
        'of it serving': servingMonthlyUsd,
        'one-off': oneOffUsd,
        'present value': presentValueUsd,
      }),
    );
}

/** Both sides, and each scenario of them where there are several. */
export function diffAmounts({ cost, scenarios = [] }: DiffDocument): UsdAmount[] {
  const { before, after, delta, oneOff, atLeast } = cost;
  return [
    ...figuresOf('a month', atLeast, { before, after, delta }),
    ...figuresOf('one-off', atLeast, oneOff),
    ...scenarios.flatMap(({ id, beforeMonthlyUsd, afterMonthlyUsd }) =>
      figuresOf(`${id}, a month`, atLeast, { before: beforeMonthlyUsd, after: afterMonthlyUsd }),
    ),
  ];
}

export function billChangeAmounts({ beforeUsd, afterUsd, deltaUsd, isOpen }: BillChange): UsdAmount[] {
  return figuresOf('a month', isOpen, { before: beforeUsd, after: afterUsd, delta: deltaUsd });
}

/** `landfall/bom/v1`, as it is written. */
export interface BomDocument extends Bom {
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}

export function bomAmounts({ totalUsd, horizonUsd, phases, atLeast }: Bom): UsdAmount[] {
  return [
    ...figuresOf('all parts', atLeast, { 'of the launch': totalUsd, 'of all phases': horizonUsd }),
    ...phases.flatMap((phase) =>
      figuresOf(`month ${phase.month}`, phase.atLeast, { 'of the phase': phase.totalUsd }),
    ),
  ];
}

/** None where the number that is explained is no amount. */
export function explanationAmounts({ path, value, unit }: Explanation): UsdAmount[] {
  return unit.startsWith('USD') ? figuresOf(path, false, { [unit.replace('USD', 'amount')]: value }) : [];
}

function figuresOf(
  of: string,
  atLeast: boolean,
  figures: Readonly<Record<string, Band | number | null>>,
): UsdAmount[] {
  return Object.entries(figures).map(([figure, value]) => ({
    of,
    figure,
    usd: typeof value === 'number' ? exactly(value) : value,
    atLeast,
  }));
}

/** Options of several scenarios are told apart by it. */
function rowName(scenario: string, option: string, scenarios: number): string {
  return scenarios === 1 ? option : `${scenario}, ${option}`;
}
