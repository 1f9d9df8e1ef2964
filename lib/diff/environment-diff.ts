import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { DocumentOrigin } from '#lib/cost/made-by';
import { capacityDiff, type CapacityDiff } from '#lib/diff/capacity-diff';
import { costDiff, type CostDiff } from '#lib/diff/cost-diff';
import { withCauses } from '#lib/diff/causes';
import type { Danger } from '#lib/diff/dangers/danger';
import { dangersOf } from '#lib/diff/dangers/dangers-of';
import type { GateVerdict } from '#lib/diff/gates';
import { planChanges, type Change } from '#lib/diff/plan-diff';
import { securityChanges } from '#lib/diff/security-changes';
import { notKnown, type DiffLine, type DiffPart, type DiffSide } from '#lib/diff/side';
import { amountIn, US_DOLLAR, type Currency } from '#lib/units/currency';

/** What became of a resource. */
export interface ResourceDiff {
  readonly address: string;
  readonly state: 'added' | 'removed' | 'changed' | 'replaced';
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
  /** Addresses that the bills name and whose lines differ. */
  readonly resources: readonly ResourceDiff[];
  /** Lines of both bills whose unit price differs. */
  readonly assumptions: readonly Change[];
  readonly changes: readonly Change[];
  /** What the change was held to. @default - nothing */
  readonly gates?: readonly GateVerdict[];
  /** Parts above that could not be compared, as a side is a document that lacks them: no "none". @default - all were */
  readonly notKnown?: readonly DiffPart[];
  /** The scenario and the option of the second side, where there is one of each. */
  readonly scenario?: string;
  readonly option?: string;
  /** What made the document, by its second side. @default - a caller that keeps none */
  readonly madeBy?: DocumentOrigin | undefined;
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

/** Compares two planned and priced sides. */
export function diffSides(from: DiffSide, to: DiffSide, currency: Currency = US_DOLLAR): DiffDocument {
  const isPlanned = from.plan !== null && to.plan !== null;
  const changes = isPlanned ? planChanges(from.plan, to.plan) : [];
  const found = isPlanned ? dangersOf(from.plan, to.plan, changes) : [];
  const dangers = placed(found, from, to);
  const cost = costDiff(from, to);
  const missing = notKnown(from, to);
  const both = linesOfBoth(from, to);
  return {
    schema: 'landfall/diff/v1',
    from: from.selector,
    to: to.selector,
    verdict: verdictOf({ dangers, cost, changes, missing }, currency),
    dangers,
    cost,
    capacity: capacityDiff([{ from, to }]),
    security: isPlanned ? securityChanges(changes, from, to) : [],
    resources: both === null ? [] : resourcesOf(...both, dangers),
    assumptions: both === null ? [] : priceChanges(...both),
    changes,
    ...(missing.length === 0 ? {} : { notKnown: missing }),
  };
}

/** Dangers at the lines that cause them, where the files are at hand. */
function placed(dangers: readonly Danger[], from: DiffSide, to: DiffSide): readonly Danger[] {
  const [before, after] = [from, to].map(({ plan, written }) =>
    plan === null || written === undefined ? null : { plan, written },
  );
  if (before == null || after == null) return dangers;
  return withCauses(dangers, before, after);
}

interface Judged {
  readonly dangers: readonly Danger[];
  readonly cost: CostDiff;
  readonly changes: readonly Change[];
  readonly missing: readonly DiffPart[];
}

/** One line: the gravest dangers, the money, the number of changes, and whether they are known at all. */
export function verdictOf({ dangers, cost, changes, missing }: Judged, currency: Currency): string {
  const isPartial = missing.includes('changes');
  if (changes.length === 0 && dangers.length === 0 && cost.delta === 0) {
    return isPartial ? 'no difference in what both sides say' : 'no difference';
  }
  const classes = [...new Set(dangers.map((danger) => danger.class))];
  const grave = classes.map((name) => `${dangers.filter((danger) => danger.class === name).length} ${name}`);
  const sign = cost.delta === 0 ? '±' : cost.delta < 0 ? '−' : '+';
  const money = `${cost.atLeast ? 'at least ' : ''}${sign}${amountIn(currency, Math.abs(cost.delta))} a month`;
  const counted = `${changes.length} change${changes.length === 1 ? '' : 's'}`;
  return [...grave, money, isPartial ? 'dangers and changes not known' : counted].join(' · ');
}

/** `null` where one of the bills says only its total. */
function linesOfBoth(
  { estimate: { lines: from } }: DiffSide,
  { estimate: { lines: to } }: DiffSide,
): readonly [readonly DiffLine[], readonly DiffLine[]] | null {
  return from === null || to === null ? null : [from, to];
}

/** Where everything moves, what both bills name is made anew elsewhere. */
function resourcesOf(
  from: readonly DiffLine[],
  to: readonly DiffLine[],
  dangers: readonly Danger[],
): readonly ResourceDiff[] {
  const [before, after] = [byAddress(from), byAddress(to)];
  const isMoved = dangers.some((danger) => danger.class === 'replace' && danger.address === 'Plan');
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((address): ResourceDiff[] => {
    const [old, now] = [before.get(address), after.get(address)];
    if (old === undefined) return [{ address, state: 'added' }];
    if (now === undefined) return [{ address, state: 'removed' }];
    if (isMoved) return [{ address, state: 'replaced' }];
    return old === now ? [] : [{ address, state: 'changed' }];
  });
}

/** What is bought for each address, in words that are equal for equal purchases: its price is none of its own. */
function byAddress(lines: readonly DiffLine[]): ReadonlyMap<string, string> {
  const bought = new Map<string, string>();
  for (const { key, label, quantity, resources } of lines) {
    for (const address of resources) {
      bought.set(address, `${bought.get(address) ?? ''}${JSON.stringify([key, label, quantity])}`);
    }
  }
  return bought;
}

function priceChanges(from: readonly DiffLine[], to: readonly DiffLine[]): Change[] {
  const before = new Map(from.map((line) => [line.key, line.unitPriceUsd]));
  return to.flatMap((line): Change[] => {
    const old = before.get(line.key);
    if (old === undefined || old === line.unitPriceUsd) return [];
    return [{ path: `${line.key}.unitPriceUsd`, before: old, after: line.unitPriceUsd, kind: 'changed' }];
  });
}
