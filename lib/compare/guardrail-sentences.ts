import type { OptionRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { amountIn, type Currency } from '#lib/units/currency';

/** Share of an option's cost from which on filtering it is worth a sentence. */
const NOTABLE_SHARE = 0.05;

/** What filtering prompts and answers costs where only some options do it: the others are cheaper by what they leave out. */
export function guardrailSentences(
  rows: readonly OptionRow[],
  estimates: ReadonlyMap<string, Estimate>,
  currency: Currency,
): string[] {
  const filtering = rows.flatMap((row) => {
    const usd = guardrailUsd(estimates.get(row.id));
    return row.feasible ? [{ id: row.id, usd, share: usd / (row.monthlyUsd?.base ?? Infinity) }] : [];
  });
  const bare = filtering.filter(({ usd }) => usd === 0);
  if (bare.length === 0) return [];
  return filtering
    .filter(({ share }) => share >= NOTABLE_SHARE)
    .map(
      ({ id, usd }) =>
        `${amountIn(currency, usd)} a month of ${id} is its guardrail, which filters prompts and answers, as nothing does on ${bare.map((other) => other.id).join(', ')}: \`guardrail: false\` compares like with like.`,
    );
}

function guardrailUsd(estimate: Estimate | undefined): number {
  const lines =
    estimate?.lines.filter(({ resources }) => resources.includes(ADDRESSES.serving.guardrail)) ?? [];
  return lines.reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0);
}
