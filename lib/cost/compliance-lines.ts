import { monthlyCash, onceCash } from '#lib/cost/cash-flow';
import type { PricedLine } from '#lib/cost/line-item';
import { environmentSource, statedLine } from '#lib/cost/stated-line';
import type { Finance } from '#lib/spec/finance';
import { exactly } from '#lib/units/band';

/** Certification before the launch and audits every year, as the environment states them; intangible. */
export function complianceLines(finance: Finance, asOf: string): PricedLine[] {
  const { compliance, horizonMonths } = finance;
  if (compliance === undefined) return [];
  const parts = [
    { key: 'compliance.certification', label: 'Certification', usd: compliance.fixedUsd, cash: onceCash },
    { key: 'compliance.audits', label: 'Audits', usd: compliance.usdPerYear / 12, cash: monthlyCash },
  ];
  return parts
    .filter(({ usd }) => usd > 0)
    .map(({ key, label, usd, cash }) =>
      statedLine(
        { key, label, category: 'compliance', tangible: false, basis: 'finance.compliance' },
        {
          quantity: exactly(1),
          unit: cash === onceCash ? 'certification' : 'month',
          unitPriceUsd: usd,
          cash: cash(horizonMonths),
          movesCash: true,
        },
        { ...finance, source: environmentSource(asOf) },
      ),
    );
}
