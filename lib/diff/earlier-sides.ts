import type { DocumentOrigin } from '#lib/cost/made-by';
import type { DiffBill, DiffSide, MadeBy, ServedRow } from '#lib/diff/side';
import { exactly } from '#lib/units/band';

/** What is read of `landfall/estimate/v1`. */
export interface EarlierEstimate extends DiffBill {
  readonly schema: 'landfall/estimate/v1';
  readonly scenario: string;
  readonly option: string;
  readonly madeBy?: DocumentOrigin | undefined;
}

/** What is read of `landfall/comparison/v1`. */
export interface EarlierComparison {
  readonly schema: 'landfall/comparison/v1';
  readonly scenarios: readonly { readonly id: string; readonly options: readonly EarlierRow[] }[];
  readonly portfolio: { readonly choice: Readonly<Record<string, string>> };
  readonly madeBy?: DocumentOrigin | undefined;
}

interface EarlierRow extends ServedRow {
  readonly id: string;
  readonly monthlyUsd: { readonly base: number } | null;
  readonly oneOffUsd: number | null;
  readonly atLeast: boolean;
  readonly unpriced: readonly string[];
}

type After = { readonly after: number | null } | undefined;

/** What is read of `landfall/diff/v1`: what it changes to. */
export interface EarlierDiff {
  readonly schema: 'landfall/diff/v1';
  readonly scenario?: string | undefined;
  readonly option?: string | undefined;
  readonly scenarios?:
    | readonly { readonly id: string; readonly to: string | null; readonly afterMonthlyUsd: number | null }[]
    | undefined;
  readonly cost: {
    readonly after: number;
    readonly atLeast: boolean;
    readonly unpriced: readonly string[];
    readonly oneOff: { readonly after: number | null };
  };
  readonly capacity: {
    readonly gpus?: After;
    readonly replicas?: After;
    readonly tokensPerSecond?: After;
    readonly ttftMs?: After;
    readonly tpotMs?: After;
    readonly headroom?: After;
    readonly availability?: After;
  };
  readonly madeBy?: DocumentOrigin | undefined;
}

export type EarlierDocument = EarlierEstimate | EarlierComparison | EarlierDiff;

/**
 * What a document keeps of each scenario.
 *
 * @param optionOf - The option that is meant of a scenario, where the document has several
 */
export function earlierSides(
  document: EarlierDocument,
  selector: string,
  optionOf: (scenario: string) => string | undefined,
): ReadonlyMap<string, DiffSide> {
  if (document.schema === 'landfall/estimate/v1') {
    const { scenario, option, madeBy, ...estimate } = document;
    const side = { selector, option, plan: null, estimate, row: null };
    return new Map([[scenario, { ...side, madeBy: originOf(madeBy, scenario, option) }]]);
  }
  if (document.schema === 'landfall/comparison/v1') return comparedSides(document, selector, optionOf);
  return changedSides(document, selector);
}

function comparedSides(
  { scenarios, portfolio, madeBy }: EarlierComparison,
  selector: string,
  optionOf: (scenario: string) => string | undefined,
): ReadonlyMap<string, DiffSide> {
  const sides = scenarios.flatMap(({ id, options }): [string, DiffSide][] => {
    const option = optionOf(id) ?? portfolio.choice[id];
    const row = options.find((each) => each.id === option);
    if (option === undefined || row === undefined || row.monthlyUsd === null) return [];
    const { monthlyUsd, oneOffUsd, atLeast, unpriced } = row;
    const estimate = { totals: { monthlyUsd, oneOffUsd }, lines: null, atLeast, unpriced };
    return [[id, { selector, option, plan: null, estimate, row, madeBy: originOf(madeBy, id, option) }]];
  });
  return new Map(sides);
}

function changedSides(
  { scenario, option = '', scenarios = [], cost, capacity, madeBy }: EarlierDiff,
  selector: string,
): ReadonlyMap<string, DiffSide> {
  const { after, atLeast, unpriced, oneOff } = cost;
  const billOf = (usd: number, oneOffUsd: number | null) => ({
    totals: { monthlyUsd: { base: usd }, oneOffUsd },
    lines: null,
    atLeast,
    unpriced,
  });
  if (scenario !== undefined) {
    const estimate = billOf(after, oneOff.after);
    const made = originOf(madeBy, scenario, option);
    const side = { selector, option, plan: null, estimate, row: servedRow(capacity), madeBy: made };
    return new Map([[scenario, side]]);
  }
  const sides = scenarios.flatMap(({ id, to, afterMonthlyUsd }): [string, DiffSide][] => {
    if (to === null || afterMonthlyUsd === null) return [];
    const estimate = billOf(afterMonthlyUsd, null);
    const made = originOf(madeBy, id, to);
    return [[id, { selector, option: to, plan: null, estimate, row: null, madeBy: made }]];
  });
  return new Map(sides);
}

/** `null` where the document counts no fleet. */
function servedRow(capacity: EarlierDiff['capacity']): ServedRow | null {
  const { gpus, replicas, tokensPerSecond, ttftMs, tpotMs, headroom, availability } = capacity;
  const band = (figure: After) => (figure?.after == null ? null : exactly(figure.after));
  if (gpus?.after == null || replicas?.after == null) return null;
  return {
    gpus: gpus.after,
    replicas: replicas.after,
    tokensPerSecond: band(tokensPerSecond),
    ttftMs: band(ttftMs),
    tpotMs: band(tpotMs),
    headroom: headroom?.after ?? null,
    availability: availability?.after ?? null,
    redundancy: null,
  };
}

function originOf(origin: DocumentOrigin | undefined, scenario: string, option: string): MadeBy {
  return {
    version: origin?.version ?? null,
    catalog: origin?.catalog ?? null,
    specification: origin?.specifications[`${scenario}/${option}`] ?? null,
  };
}
