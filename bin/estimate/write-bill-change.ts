import { EXIT, fine, json, textOf, type Flags, type Outcome, type Surroundings } from '#bin/command';
import { packageVersion } from '#bin/package-root';
import { heldTo } from '#bin/output/strict';
import { formatOf, needed, usdOf, type Format, type Written } from '#bin/estimate/write-estimate';
import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import { heldToBudget } from '#lib/cost/budget';
import { billChange, heldToIncrease, type BillChange, type NamedBill } from '#lib/diff/bill-change';
import type { Screen } from '#lib/report/document-model';
import { amountsInCurrency } from '#lib/cost/in-currency';
import type { Estimate } from '#lib/cost/estimate';
import { screenIn } from '#lib/report/in-currency';
import { billChangeCsv, billChangeScreen } from '#lib/report/screens/bill-change-screen';
import { guardrailsOf, increaseGuardrail, type Guardrail } from '#lib/report/formats/guardrails';
import { infracostDocument } from '#lib/report/formats/infracost';
import { renderJunit } from '#lib/report/formats/junit';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { sarifDocument } from '#lib/report/formats/sarif';
import { billChangeAmounts } from '#lib/report/usd-amounts';
import { renderText } from '#lib/report/text';

/** What a bill is held against; `bill` is `null` where only the document of an estimate is at hand. */
export interface Baseline extends NamedBill {
  readonly bill: ArtifactBill | null;
}

/** What changed since a baseline, in the format that was asked for; exit 3 where it breaks a limit or `--strict`. */
export function writtenChange(
  baseline: Baseline,
  written: Written,
  flags: Flags,
  surroundings: Surroundings,
): Outcome {
  const { estimate, bill, path } = written;
  const plain = inCurrencyOf(estimate, billChange(baseline, { name: path, estimate }));
  const mostUsd = usdOf('--max-increase', textOf(flags, 'maxIncrease'));
  const change = mostUsd === null ? plain : { ...plain, increase: heldToIncrease(plain, mostUsd) };
  const budgetUsd = usdOf('--budget', textOf(flags, 'budget'));
  const budget = budgetUsd === null ? null : heldToBudget(estimate, budgetUsd);
  const guardrails = [
    ...guardrailsOf(estimate, bill?.unaccounted ?? [], budget),
    ...(change.increase === undefined ? [] : [increaseGuardrail(change.increase)]),
  ];
  const write: Writer = WRITERS[formatOf(flags)];
  const outcome = fine(write({ baseline, written, change, guardrails }, flags, surroundings));
  const strict = flags['strict'] === true ? heldTo(outcome, [estimate]) : outcome;
  const isOver = budget?.state === 'over' || change.increase?.state === 'over';
  return isOver ? { ...strict, exitCode: EXIT.guardrail } : strict;
}

/** As the bill itself is shown. */
function inCurrencyOf({ inCurrency }: Estimate, change: BillChange): BillChange {
  if (inCurrency === undefined) return change;
  return { ...change, inCurrency: amountsInCurrency(billChangeAmounts(change), inCurrency) };
}

interface Held {
  readonly baseline: Baseline;
  readonly written: Written;
  readonly change: BillChange;
  readonly guardrails: readonly Guardrail[];
}

type Writer = (held: Held, flags: Flags, surroundings: Surroundings) => string;

function screenOf({ change }: Held, wide: boolean): Screen {
  return screenIn(change, change.inCurrency, (shown) => billChangeScreen(shown, { wide }));
}

const WRITERS = {
  text: (held, flags, surroundings) => {
    const wide = flags['wide'] === true;
    return renderText(screenOf(held, wide), { ...surroundings, wide });
  },
  json: ({ change }) => json(change),
  markdown: (held) => renderMarkdown(screenOf(held, true)),
  csv: ({ change }) => billChangeCsv(change),
  infracost: ({ baseline, written: { estimate, bill, path } }) =>
    json(
      infracostDocument(
        needed(bill),
        { name: path, path, kind: estimate.target, asOf: estimate.asOf, prices: estimate.prices },
        needed(baseline.bill),
      ),
    ),
  junit: ({ written, guardrails }) =>
    renderJunit(`landfall estimate ${written.path}`, guardrails, written.estimate.prices),
  sarif: ({ written: { path, estimate }, guardrails }) =>
    json(sarifDocument({ file: path, version: packageVersion(), prices: estimate.prices }, guardrails)),
} as const satisfies Record<Format, Writer>;
