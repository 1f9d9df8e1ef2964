import type { CapacityDiff } from '#lib/diff/capacity-diff';
import type { CostDiff } from '#lib/diff/cost-diff';
import { DANGER_CLASSES, type Danger } from '#lib/diff/dangers';
import {
  diffSides,
  verdictOf,
  type DiffDocument,
  type DiffSide,
  type ScenarioDiff,
} from '#lib/diff/environment-diff';
import type { Change } from '#lib/diff/plan-diff';
import { US_DOLLAR, type Currency } from '#lib/units/currency';
import { roundUsd } from '#lib/units/money';

/** One scenario on both sides; absent where a side does not deploy it. At least one is there. */
export interface ScenarioPair {
  readonly id: string;
  readonly from: DiffSide | undefined;
  readonly to: DiffSide | undefined;
}

/**
 * The diff of whole environments. A single scenario on both sides gives the plain document, without `scenarios`.
 *
 * @param currency - In which the verdict names amounts; all figures are in USD
 */
export function diffScenarios(
  from: string,
  to: string,
  pairs: readonly ScenarioPair[],
  currency: Currency = US_DOLLAR,
): DiffDocument {
  const parts = pairs.map((pair) => ({ ...pair, diff: diffOf(pair, currency) }));
  const [only] = parts;
  if (parts.length === 1 && only?.from !== undefined && only.to !== undefined && only.diff !== null) {
    return { ...only.diff, from, to };
  }
  const diffs = parts.flatMap(({ id, diff }) => (diff === null ? [] : [{ id, diff }]));
  const cost = joinCost(parts);
  const dangers = [
    ...diffs.flatMap(({ id, diff }) => diff.dangers.map((danger) => prefixDanger(id, danger))),
    ...pairs.flatMap(removedDanger),
  ].toSorted((a, b) => DANGER_CLASSES.indexOf(a.class) - DANGER_CLASSES.indexOf(b.class));
  const changes = [
    ...diffs.flatMap(({ id, diff }) => diff.changes.map((change) => prefix(id, change))),
    ...pairs.flatMap(wholeScenario),
  ];
  return {
    schema: 'landfall/diff/v1',
    from,
    to,
    verdict: verdictOf(dangers, cost, changes.length, currency),
    dangers,
    cost,
    capacity: joinCapacity(pairs),
    security: diffs.flatMap(({ id, diff }) => diff.security.map((change) => prefix(id, change))),
    resources: diffs.flatMap(({ id, diff }) =>
      diff.resources.map(({ address, state }) => ({ address: `${id}/${address}`, state })),
    ),
    assumptions: diffs.flatMap(({ id, diff }) => diff.assumptions.map((change) => prefix(id, change))),
    changes,
    scenarios: parts.map((part): ScenarioDiff => ({
      id: part.id,
      state: stateOf(part),
      from: part.from?.plan.option ?? null,
      to: part.to?.plan.option ?? null,
      verdict: part.diff?.verdict ?? (part.from === undefined ? 'newly deployed' : 'no longer deployed'),
      beforeMonthlyUsd: part.from?.estimate.totals.monthlyUsd.base ?? null,
      afterMonthlyUsd: part.to?.estimate.totals.monthlyUsd.base ?? null,
    })),
  };
}

/** True where anything differs: a decision, a line of the bill, or what is deployed at all. */
export function isDifferent({ changes, dangers, cost }: DiffDocument): boolean {
  return changes.length > 0 || dangers.length > 0 || cost.delta !== 0 || cost.lines.length > 0;
}

function diffOf({ from, to }: ScenarioPair, currency: Currency): DiffDocument | null {
  return from === undefined || to === undefined ? null : diffSides(from, to, currency);
}

function stateOf({ from, to, diff }: ScenarioPair & { readonly diff: DiffDocument | null }) {
  if (diff !== null) return isDifferent(diff) ? 'changed' : 'unchanged';
  return from === undefined && to !== undefined ? 'added' : 'removed';
}

function joinCost(parts: readonly (ScenarioPair & { readonly diff: DiffDocument | null })[]): CostDiff {
  const sum = (figure: (side: DiffSide) => number, end: 'from' | 'to') =>
    roundUsd(parts.reduce((total, part) => total + (part[end] === undefined ? 0 : figure(part[end])), 0));
  const between = (figure: (side: DiffSide) => number) => {
    const [before, after] = [sum(figure, 'from'), sum(figure, 'to')];
    return { before, after, delta: roundUsd(after - before) };
  };
  const monthly = between(({ estimate }) => estimate.totals.monthlyUsd.base);
  return {
    ...monthly,
    // One catalog and one program price both sides: the specification causes all of it.
    because: { spec: monthly.delta, catalog: 0, engine: 0 },
    atLeast: parts.some(({ from, to }) => from?.estimate.atLeast === true || to?.estimate.atLeast === true),
    oneOff: between(({ estimate }) => estimate.totals.oneOffUsd),
    lines: parts.flatMap(({ id, diff, from, to }) => {
      if (diff !== null) return diff.cost.lines.map((line) => ({ ...line, key: `${id}/${line.key}` }));
      return [...wholeBill(id, from, 'removed'), ...wholeBill(id, to, 'added')];
    }),
  };
}

function wholeBill(id: string, side: DiffSide | undefined, state: 'added' | 'removed'): CostDiff['lines'] {
  return (side?.estimate.lines ?? []).map(({ key, monthlyUsd }) => ({
    key: `${id}/${key}`,
    before: state === 'removed' ? monthlyUsd : null,
    after: state === 'added' ? monthlyUsd : null,
    delta: monthlyUsd === null ? null : state === 'added' ? monthlyUsd : -monthlyUsd,
    state: monthlyUsd === null ? 'unpriced' : state,
  }));
}

/** Fleets add up; times, headroom and availability are those of the worst scenario. Unknown anywhere is unknown. */
function joinCapacity(pairs: readonly ScenarioPair[]): CapacityDiff {
  const by = (figure: (side: DiffSide) => number | null, join: (values: readonly number[]) => number) => {
    const side = (end: 'from' | 'to') => {
      const values = pairs.flatMap((pair) => (pair[end] === undefined ? [] : [figure(pair[end])]));
      const known = values.filter((value) => value !== null);
      return values.length === 0 || known.length < values.length ? null : join(known);
    };
    return { before: side('from'), after: side('to') };
  };
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const slowest = (values: readonly number[]) => Math.max(...values);
  const least = (values: readonly number[]) => Math.min(...values);
  return {
    gpus: by(({ row }) => row.gpus, total),
    replicas: by(({ row }) => row.replicas, total),
    tokensPerSecond: by(({ row }) => row.tokensPerSecond?.base ?? null, total),
    ttftMs: by(({ row }) => row.ttftMs?.base ?? null, slowest),
    tpotMs: by(({ row }) => row.tpotMs?.base ?? null, slowest),
    headroom: by(({ row }) => row.headroom, least),
    availability: by(({ row }) => row.availability, least),
  };
}

/** A scenario that nothing serves any more: its store goes too, where it had one. */
function removedDanger({ id, from, to }: ScenarioPair): Danger[] {
  if (from === undefined || to !== undefined) return [];
  const { retrieval, option } = from.plan;
  const at = `deploy.${id}`;
  const gone: Danger = {
    class: 'capacity-loss',
    address: id,
    before: `on ${option}`,
    after: 'not deployed',
    at,
  };
  if (retrieval === null) return [gone];
  const address = `${id}/Retrieval/Store`;
  return [{ class: 'data-loss', address, before: retrieval.store, after: 'removed', at }, gone];
}

function wholeScenario({ id, from, to }: ScenarioPair): Change[] {
  if (from !== undefined && to !== undefined) return [];
  const [before, after] = [from?.plan.option ?? null, to?.plan.option ?? null];
  return [{ path: `deploy.${id}`, before, after, kind: before === null ? 'added' : 'removed' }];
}

function prefix(id: string, change: Change): Change {
  return { ...change, path: `${id}/${change.path}` };
}

function prefixDanger(id: string, danger: Danger): Danger {
  return { ...danger, address: `${id}/${danger.address}`, at: `${id}/${danger.at}` };
}
