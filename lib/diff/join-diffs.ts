import { joinedBecause, type Because } from '#lib/diff/because';
import { capacityDiff } from '#lib/diff/capacity-diff';
import { paidOnce, type CostDiff } from '#lib/diff/cost-diff';
import type { Danger } from '#lib/diff/dangers/danger';
import { scenarioDangers } from '#lib/diff/dangers/scenario-dangers';
import { DANGER_CLASSES, type Gate } from '#lib/spec/schema/review';
import { diffSides, verdictOf, type DiffDocument, type ScenarioDiff } from '#lib/diff/environment-diff';
import { PARTS, type DiffSide } from '#lib/diff/side';
import { hasFailed, judgedGates } from '#lib/diff/gates';
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
    return { ...only.diff, from, to, scenario: only.id, option: only.to.option };
  }
  const diffs = parts.flatMap(({ id, diff }) => (diff === null ? [] : [{ id, diff }]));
  const cost = joinCost(parts);
  const dangers = [
    ...diffs.flatMap(({ id, diff }) => diff.dangers.map((danger) => prefixDanger(id, danger))),
    ...pairs.flatMap(scenarioDangers),
  ].toSorted((a, b) => DANGER_CLASSES.indexOf(a.class) - DANGER_CLASSES.indexOf(b.class));
  const changes = [
    ...diffs.flatMap(({ id, diff }) => diff.changes.map((change) => prefix(id, change))),
    ...pairs.flatMap(wholeScenario),
  ];
  const missing = PARTS.filter((part) => diffs.some(({ diff }) => diff.notKnown?.includes(part)));
  return {
    schema: 'landfall/diff/v1',
    from,
    to,
    verdict: verdictOf({ dangers, cost, changes, missing }, currency),
    dangers,
    cost,
    capacity: capacityDiff(pairs),
    security: diffs.flatMap(({ id, diff }) => diff.security.map((change) => prefix(id, change))),
    resources: diffs.flatMap(({ id, diff }) =>
      diff.resources.map(({ address, state }) => ({ address: `${id}/${address}`, state })),
    ),
    assumptions: diffs.flatMap(({ id, diff }) => diff.assumptions.map((change) => prefix(id, change))),
    changes,
    ...(missing.length === 0 ? {} : { notKnown: missing }),
    scenarios: parts.map((part): ScenarioDiff => ({
      id: part.id,
      state: stateOf(part),
      from: part.from?.option ?? null,
      to: part.to?.option ?? null,
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
  const sidesOf = (end: 'from' | 'to') => parts.flatMap((part) => part[end] ?? []);
  const total = (end: 'from' | 'to') =>
    roundUsd(sidesOf(end).reduce((sum, { estimate }) => sum + estimate.totals.monthlyUsd.base, 0));
  const once = (end: 'from' | 'to') => {
    const amounts = sidesOf(end).map(({ estimate }) => estimate.totals.oneOffUsd);
    const known = amounts.filter((amount) => amount !== null);
    return known.length < amounts.length ? null : roundUsd(known.reduce((sum, usd) => sum + usd, 0));
  };
  const [before, after] = [total('from'), total('to')];
  return {
    before,
    after,
    delta: roundUsd(after - before),
    because: joinedBecause(parts.map((part) => part.diff?.cost.because ?? wholeCause(part))),
    atLeast: [...sidesOf('from'), ...sidesOf('to')].some(({ estimate }) => estimate.atLeast),
    unpriced: parts.flatMap(({ id, to }) => (to?.estimate.unpriced ?? []).map((key) => `${id}/${key}`)),
    oneOff: paidOnce(once('from'), once('to')),
    lines: parts.flatMap(({ id, diff, from, to }) => {
      if (diff !== null) return diff.cost.lines.map((line) => ({ ...line, key: `${id}/${line.key}` }));
      return [...wholeBill(id, from, 'removed'), ...wholeBill(id, to, 'added')];
    }),
  };
}

/** What is deployed at all is the specification's to say. */
function wholeCause({ from, to }: ScenarioPair): Because {
  const usd = (side: DiffSide | undefined) => side?.estimate.totals.monthlyUsd.base ?? 0;
  return { spec: roundUsd(usd(to) - usd(from)), catalog: 0, engine: 0 };
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

function wholeScenario({ id, from, to }: ScenarioPair): Change[] {
  if (from !== undefined && to !== undefined) return [];
  const [before, after] = [from?.option ?? null, to?.option ?? null];
  return [{ path: `deploy.${id}`, before, after, kind: before === null ? 'added' : 'removed' }];
}

function prefix(id: string, change: Change): Change {
  return { ...change, path: `${id}/${change.path}` };
}

function prefixDanger(id: string, danger: Danger): Danger {
  const { address, path, at } = danger;
  return {
    ...danger,
    address: `${id}/${address}`,
    path: `${id}/${path}`,
    at: at === path ? `${id}/${at}` : at,
  };
}

/** The change with what its gates say of it; the verdict begins with those that it fails. */
export function heldToGates(diff: DiffDocument, gates: readonly Gate[]): DiffDocument {
  if (gates.length === 0) return diff;
  const verdicts = judgedGates(diff, gates);
  const failed = verdicts.filter(hasFailed).map(({ gate }) => gate);
  const verdict = failed.length === 0 ? diff.verdict : `FAILED ${failed.join(', ')} · ${diff.verdict}`;
  return { ...diff, verdict, gates: verdicts };
}
