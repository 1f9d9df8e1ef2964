import type { Estimate } from '#lib/cost/estimate';
import { unlessEmpty, type Screen } from '#lib/report/document-model';
import { count, counted, usd } from '#lib/report/format';

/** Steps that a screen shows: a fleet that grows every month is a slope, which every twelfth month says. */
const MOST_SHOWN = 8;
const MONTHS_PER_YEAR = 12;

/** How the fleet follows growing traffic, and what the bill would be without it. */
export function fleetGrowth({ growth, horizonMonths, atLeast }: Estimate): Screen {
  if (growth === undefined) return [];
  const { fleet, withoutGrowthMonthlyUsd } = growth;
  const isFew = fleet.length <= MOST_SHOWN;
  const months = isFew
    ? fleet.map(({ month }) => month)
    : [1, ...yearsOf(horizonMonths)].filter((month) => month <= horizonMonths);
  const standing = months.flatMap((month) => {
    const step = fleet.findLast((one) => one.month <= month);
    return step === undefined
      ? []
      : [`month ${count(month)}: ${counted(step.nodes, 'node')}, ${counted(step.gpus, 'GPU')}`];
  });
  const more =
    isFew || fleet.length < 2 ? [] : [`${counted(fleet.length - 1, 'addition')} (--json has each)`];
  return unlessEmpty({
    kind: 'lines',
    heading: 'Growth',
    lines: [
      ...(fleet.length < 2 ? [] : [standing.join(' · '), ...more]),
      `USD/month levels the growth over the horizon; without it (traffic as described, fleet as deployed): ${usd(withoutGrowthMonthlyUsd, atLeast)}`,
    ],
  });
}

function yearsOf(horizonMonths: number): number[] {
  return Array.from({ length: Math.ceil(horizonMonths / MONTHS_PER_YEAR) }, (_, year) =>
    Math.min(horizonMonths, MONTHS_PER_YEAR * (year + 1)),
  );
}
