import { monthlyCash, onceCash } from '#lib/cash/cash-flow';
import type { PricedLine } from '#lib/cost/line-item';
import { environmentSource, statedLine } from '#lib/cost/stated-line';
import type { Finance } from '#lib/spec/schema/finance';
import { exactly } from '#lib/units/band';

/** An amount that the environment states, once or each month. */
export interface ComplianceCost {
  readonly key: string;
  readonly label: string;
  readonly usd: number;
  readonly when: 'once' | 'monthly';
}

/** Certification before the launch and audits every year; none that cost nothing. */
export function complianceCosts({ compliance }: Pick<Finance, 'compliance'>): readonly ComplianceCost[] {
  if (compliance === undefined) return [];
  const { fixedUsd, usdPerYear } = compliance;
  const all: ComplianceCost[] = [
    { key: 'compliance.certification', label: 'Certification', usd: fixedUsd, when: 'once' },
    { key: 'compliance.audits', label: 'Audits', usd: usdPerYear / 12, when: 'monthly' },
  ];
  return all.filter(({ usd }) => usd > 0);
}

/** The same as lines of the bill; intangible. */
export function complianceLines(finance: Finance, asOf: string): PricedLine[] {
  return complianceCosts(finance).map(({ key, label, usd, when }) =>
    statedLine(
      { key, label, category: 'compliance', tangible: false, basis: 'finance.compliance' },
      {
        quantity: exactly(1),
        unit: when === 'once' ? 'certification' : 'month',
        unitPriceUsd: usd,
        cash: (when === 'once' ? onceCash : monthlyCash)(finance.horizonMonths),
        movesCash: true,
      },
      { ...finance, source: environmentSource(asOf) },
    ),
  );
}
