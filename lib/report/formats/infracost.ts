import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import type { PriceQuality } from '#lib/cost/price-quality';
import { differenceLines } from '#lib/report/formats/infracost-difference';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** What the bill is called by. */
export interface InfracostHead {
  readonly name: string;
  readonly path: string;
  /** Form of the artifacts: `cdk-assembly`, `terraform-plan`. */
  readonly kind: string;
  /** Day for which the bill is made. */
  readonly asOf: string;
  readonly prices: PriceQuality;
}

/** Amounts are decimals in texts there, so that no reader rounds them. */
type Decimal = string | null;

interface Resource {
  readonly name: string;
  readonly resourceType: string;
  /** The form has no place for it in a component, and lets a resource hold anything here. */
  readonly metadata: { readonly prices?: readonly object[] };
  readonly hourlyCost: Decimal;
  readonly monthlyCost: Decimal;
  readonly monthlyUsageCost: Decimal;
  readonly costComponents: readonly object[];
}

/**
 * A bill in the form 0.2 of Infracost's JSON, which policies and dashboards read. Free resources stand apart, and what
 * nobody has priced is counted by its type, never as 0.
 *
 * @param past - what the bill is held against: then `diff` holds the difference alone. @default - all of it is new
 */
export function infracostDocument(bill: ArtifactBill, head: InfracostHead, past?: ArtifactBill): object {
  const { costed, free, unsupported, groups } = sorted(bill.lines);
  const totals = totalsOf(bill.lines);
  const pastTotals = totalsOf(past?.lines ?? []);
  const changed = past === undefined ? bill.lines : differenceLines(past.lines, bill.lines);
  const diffTotals = totalsOf(changed);
  const summary = {
    totalDetectedResources: groups.length,
    totalSupportedResources: costed.length,
    totalUnsupportedResources: unsupported.length,
    totalUsageBasedResources: costed.filter((lines) => lines.some(({ isByUse }) => isByUse)).length,
    totalNoPriceResources: free.length,
    unsupportedResourceCounts: countsByType(unsupported),
    noPriceResourceCounts: countsByType(free),
  };
  return {
    version: '0.2',
    metadata: { ...NO_REPOSITORY, infracostCommand: past === undefined ? 'breakdown' : 'diff' },
    currency: 'USD',
    projects: [
      {
        name: head.name,
        displayName: head.name,
        metadata: { path: head.path, type: head.kind, warnings: [ageOf(head.prices)] },
        pastBreakdown: breakdownOf(past?.lines ?? []),
        breakdown: breakdownOf(bill.lines),
        diff: breakdownOf(changed),
        summary,
      },
    ],
    ...totals,
    pastTotalHourlyCost: pastTotals.totalHourlyCost,
    pastTotalMonthlyCost: pastTotals.totalMonthlyCost,
    pastTotalMonthlyUsageCost: pastTotals.totalMonthlyUsageCost,
    diffTotalHourlyCost: diffTotals.totalHourlyCost,
    diffTotalMonthlyCost: diffTotals.totalMonthlyCost,
    diffTotalMonthlyUsageCost: diffTotals.totalMonthlyUsageCost,
    timeGenerated: `${head.asOf}T00:00:00Z`,
    summary,
  };
}

function breakdownOf(lines: readonly ArtifactLine[]): object {
  const { costed, free } = sorted(lines);
  return { resources: costed.map(resourceOf), freeResources: free.map(resourceOf), ...totalsOf(lines) };
}

/** The resources of a bill, each by its lines: those with a charge, without one, and those that nobody has priced. */
function sorted(lines: readonly ArtifactLine[]) {
  const groups = byResource(lines);
  const isFree = (group: readonly ArtifactLine[]) => group.every(({ item }) => item.state === 'free');
  const isUnsupported = (group: readonly ArtifactLine[]) =>
    group.every(({ item, priceId }) => item.state === 'unpriced' && priceId === null);
  const free = groups.filter(isFree);
  const unsupported = groups.filter(isUnsupported);
  const costed = groups.filter((group) => !isFree(group) && !isUnsupported(group));
  return { groups, free, unsupported, costed };
}

function totalsOf(lines: readonly ArtifactLine[]) {
  const monthly = sumOf(lines, () => true);
  return {
    totalHourlyCost: hourly(monthly),
    totalMonthlyCost: decimal(monthly),
    totalMonthlyUsageCost: decimal(sumOf(lines, ({ isByUse }) => isByUse)),
  };
}

/** The form allows no field of ours here, but anything as the data of a diagnostic. */
function ageOf(prices: PriceQuality): object {
  const message = `prices from ${prices.oldestPrice ?? 'no day'} to ${prices.newestPrice ?? 'no day'}`;
  return { code: 0, message, data: prices, isError: false };
}

/**
 * Readers expect these names; a bill knows no repository. An empty time would make Infracost refuse the file: it writes
 * this one where it knows none.
 */
const NO_REPOSITORY = {
  vcsBranch: '',
  vcsCommitSha: '',
  vcsCommitAuthorName: '',
  vcsCommitAuthorEmail: '',
  vcsCommitTimestamp: '0001-01-01T00:00:00Z',
  vcsCommitMessage: '',
} as const;

/** The lines of each resource, in the order of the bill. */
function byResource(lines: readonly ArtifactLine[]): readonly (readonly ArtifactLine[])[] {
  const groups = new Map<string, ArtifactLine[]>();
  for (const line of lines) {
    const group = groups.get(line.address);
    if (group === undefined) groups.set(line.address, [line]);
    else group.push(line);
  }
  return [...groups.values()];
}

function resourceOf(lines: readonly ArtifactLine[]): Resource {
  const [first] = lines;
  const isOpen = lines.every(({ item }) => item.monthlyUsd === null);
  const monthly = isOpen ? null : sumOf(lines, () => true);
  const byUse = lines.some(({ isByUse }) => isByUse) ? sumOf(lines, ({ isByUse }) => isByUse) : null;
  const priced = lines.flatMap(originOf);
  return {
    name: first?.address ?? '',
    resourceType: first?.type ?? '',
    metadata: priced.length === 0 ? {} : { prices: priced },
    hourlyCost: hourly(monthly),
    monthlyCost: decimal(monthly),
    monthlyUsageCost: decimal(byUse),
    costComponents: lines.filter(({ priceId }) => priceId !== null).map(componentOf),
  };
}

/** Where the price of a component comes from, by the component's name. */
function originOf({ item: { label, source, derived, assumed } }: ArtifactLine): readonly object[] {
  if (source === null) return [];
  const { id, asOf, method, layer } = source;
  return [{ component: label, source: id, asOf, method, layer, derived, assumed }];
}

function componentOf({ item, isByUse }: ArtifactLine): object {
  const isOpen = isByUse && item.monthlyUsd === null;
  const quantity = isOpen ? null : item.quantity;
  return {
    name: item.label,
    unit: item.unit,
    hourlyQuantity: quantity === null ? null : decimal(quantity / HOURS_PER_MONTH),
    monthlyQuantity: decimal(quantity),
    price: decimal(item.unitPriceUsd),
    hourlyCost: hourly(item.monthlyUsd),
    monthlyCost: decimal(item.monthlyUsd),
    usageBased: isByUse,
    priceNotFound: item.unitPriceUsd === null,
  };
}

function sumOf(lines: readonly ArtifactLine[], isCounted: (line: ArtifactLine) => boolean): number {
  return lines.reduce((sum, line) => sum + (isCounted(line) ? (line.item.monthlyUsd ?? 0) : 0), 0);
}

function countsByType(groups: readonly (readonly ArtifactLine[])[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const [first] of groups) {
    if (first !== undefined) counts.set(first.type, (counts.get(first.type) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function hourly(monthlyUsd: number | null): Decimal {
  return monthlyUsd === null ? null : decimal(monthlyUsd / HOURS_PER_MONTH);
}

/** Without an exponent, which readers of decimals refuse. */
function decimal(value: number | null): Decimal {
  if (value === null) return null;
  const text = value.toFixed(12);
  return text.replace(/\.?0+$/, '');
}
