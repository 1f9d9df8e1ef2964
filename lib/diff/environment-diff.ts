import type { OptionRow } from '#lib/compare/comparison';
import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { Estimate } from '#lib/cost/estimate';
import { capacityDiff, type CapacityDiff } from '#lib/diff/capacity-diff';
import { costDiff, type CostDiff } from '#lib/diff/cost-diff';
import { dangersOf, type Danger } from '#lib/diff/dangers';
import { planChanges, type Change } from '#lib/diff/plan-diff';
import type { Plan } from '#lib/plan/plan';
import { amountIn, US_DOLLAR, type Currency } from '#lib/units/currency';

/** One side of a diff: an option of a scenario, planned and priced. */
export interface DiffSide {
  /** What the user asked for: `prod`, `option:eks`. */
  readonly selector: string;
  readonly plan: Plan;
  readonly estimate: Estimate;
  readonly row: OptionRow;
  /** Its bill under the catalog of the other side, where that lays other files over it. @default - the same catalog */
  readonly underOtherCatalog?: Estimate;
}

/** `landfall/diff/v1`. */
export interface DiffDocument {
  readonly schema: 'landfall/diff/v1';
  readonly from: string;
  readonly to: string;
  /** One line: the gravest dangers, the money, the number of changes. */
  readonly verdict: string;
  readonly dangers: readonly Danger[];
  readonly cost: CostDiff;
  readonly capacity: CapacityDiff;
  /** Changes of who can reach or read what. */
  readonly security: readonly Change[];
  /** Addresses that the bill names and that come or go. */
  readonly resources: readonly { readonly address: string; readonly state: 'added' | 'removed' }[];
  /** Lines of both bills whose unit price differs. */
  readonly assumptions: readonly Change[];
  readonly changes: readonly Change[];
  /** Each scenario by itself, where a side has several; the fields above then hold all of them together. */
  readonly scenarios?: readonly ScenarioDiff[];
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}

/** What became of one scenario. */
export interface ScenarioDiff {
  readonly id: string;
  readonly state: 'added' | 'removed' | 'changed' | 'unchanged';
  /** Option that serves it on each side; `null` where it is not deployed. */
  readonly from: string | null;
  readonly to: string | null;
  readonly verdict: string;
  readonly beforeMonthlyUsd: number | null;
  readonly afterMonthlyUsd: number | null;
}

const SECURITY_PATHS = ['network.', 'managed.guardrail', 'managed.profile'];

/** Compares two planned and priced sides. */
export function diffSides(from: DiffSide, to: DiffSide, currency: Currency = US_DOLLAR): DiffDocument {
  const changes = planChanges(from.plan, to.plan);
  const dangers = dangersOf(from.plan, to.plan, changes);
  const cost = costDiff(from.estimate, to.estimate, from.underOtherCatalog);
  return {
    schema: 'landfall/diff/v1',
    from: from.selector,
    to: to.selector,
    verdict: verdictOf(dangers, cost, changes.length, currency),
    dangers,
    cost,
    capacity: capacityDiff(from.row, to.row),
    security: changes.filter(({ path }) => SECURITY_PATHS.some((start) => path.startsWith(start))),
    resources: resourcesOf(from.estimate, to.estimate),
    assumptions: priceChanges(from.estimate, to.estimate),
    changes,
  };
}

/** One line: the gravest dangers, the money, the number of changes. */
export function verdictOf(
  dangers: readonly Danger[],
  cost: CostDiff,
  changes: number,
  currency: Currency,
): string {
  if (changes === 0 && dangers.length === 0 && cost.delta === 0) return 'no difference';
  const classes = [...new Set(dangers.map((danger) => danger.class))];
  const grave = classes.map((name) => `${dangers.filter((danger) => danger.class === name).length} ${name}`);
  const sign = cost.delta === 0 ? '±' : cost.delta < 0 ? '−' : '+';
  const money = `${cost.atLeast ? 'at least ' : ''}${sign}${amountIn(currency, Math.abs(cost.delta))} a month`;
  return [...grave, money, `${changes} change${changes === 1 ? '' : 's'}`].join(' · ');
}

function resourcesOf(from: Estimate, to: Estimate): DiffDocument['resources'] {
  const [before, after] = [addresses(from), addresses(to)];
  return [
    ...[...after]
      .filter((address) => !before.has(address))
      .map((address) => ({ address, state: 'added' as const })),
    ...[...before]
      .filter((address) => !after.has(address))
      .map((address) => ({ address, state: 'removed' as const })),
  ];
}

function addresses(estimate: Estimate): Set<string> {
  return new Set(estimate.lines.flatMap((line) => line.resources));
}

function priceChanges(from: Estimate, to: Estimate): Change[] {
  const before = new Map(from.lines.map((line) => [line.key, line.unitPriceUsd]));
  return to.lines.flatMap((line): Change[] => {
    const old = before.get(line.key);
    if (old === undefined || old === line.unitPriceUsd) return [];
    return [{ path: `${line.key}.unitPriceUsd`, before: old, after: line.unitPriceUsd, kind: 'changed' }];
  });
}
