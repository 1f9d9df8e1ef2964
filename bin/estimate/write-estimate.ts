import { EXIT, fine, json, textOf, type Flags, type Outcome, type Surroundings } from '#bin/command';
import { jsonOutput } from '#bin/output/json-pieces';
import { packageVersion } from '#bin/package-root';
import { heldTo } from '#bin/output/strict';
import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import { heldToBudget, type BudgetVerdict } from '#lib/cost/budget';
import type { Estimate } from '#lib/cost/estimate';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Screen } from '#lib/report/document-model';
import { screenIn } from '#lib/report/in-currency';
import { estimateCsv, estimateScreen } from '#lib/report/screens/estimate-screen';
import { guardrailsOf } from '#lib/report/formats/guardrails';
import { infracostDocument } from '#lib/report/formats/infracost';
import { renderJunit } from '#lib/report/formats/junit';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { sarifDocument } from '#lib/report/formats/sarif';
import { renderText } from '#lib/report/text';

/** What an estimate is written from. */
export interface Written {
  readonly estimate: Estimate;
  /** Of artifacts; `null` for the plan's own book. */
  readonly bill: ArtifactBill | null;
  /** File or folder that was read. */
  readonly path: string;
}

/** The estimate in the format that was asked for; exit 3 where it breaks its budget or `--strict`. */
export function writtenEstimate(
  { estimate, bill, path }: Written,
  flags: Flags,
  surroundings: Surroundings,
): Outcome {
  if (textOf(flags, 'maxIncrease') !== undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: '--max-increase',
      got: 'no --baseline',
      expected: 'a bill that it is held against',
      fix: 'name one by --baseline, or limit the whole bill by --budget',
    });
  }
  const budgetUsd = usdOf('--budget', textOf(flags, 'budget'));
  const budget = budgetUsd === null ? null : heldToBudget(estimate, budgetUsd);
  const held = budget === null ? estimate : { ...estimate, budget };
  const write: Writer = WRITERS[formatOf(flags)];
  const outcome = fine(write({ estimate: held, bill, path, budget }, flags, surroundings));
  const strict = flags['strict'] === true ? heldTo(outcome, [held]) : outcome;
  return budget?.state === 'over' ? { ...strict, exitCode: EXIT.guardrail } : strict;
}

interface Held extends Written {
  readonly budget: BudgetVerdict | null;
}

type Writer = (held: Held, flags: Flags, surroundings: Surroundings) => string | Iterable<string>;

function screenOf({ estimate, path }: Pick<Held, 'estimate' | 'path'>): Screen {
  return screenIn(estimate, estimate.inCurrency, (shown) => estimateScreen(shown, path));
}

const guardrails = ({ estimate, bill, budget }: Held) =>
  guardrailsOf(estimate, bill?.unaccounted ?? [], budget);

const WRITERS = {
  text: ({ estimate, path }, flags, surroundings) =>
    renderText(screenOf({ estimate, path }), { ...surroundings, wide: flags['wide'] === true }),
  json: ({ estimate }) => jsonOutput(estimate),
  markdown: ({ estimate, path }) => renderMarkdown(screenOf({ estimate, path })),
  csv: ({ estimate }) => estimateCsv(estimate),
  infracost: ({ estimate: { target, asOf, prices }, bill, path }) =>
    jsonOutput(infracostDocument(needed(bill), { name: path, path, kind: target, asOf, prices })),
  junit: (held) => renderJunit(`landfall estimate ${held.path}`, guardrails(held), held.estimate.prices),
  sarif: (held) =>
    json(
      sarifDocument(
        { file: held.path, version: packageVersion(), prices: held.estimate.prices },
        guardrails(held),
      ),
    ),
} as const satisfies Record<string, Writer>;
export type Format = keyof typeof WRITERS;
const FORMATS = Object.keys(WRITERS) as readonly Format[];

/** `--json`, `--markdown` and `--csv` are short for their formats. */
export function formatOf(flags: Flags): Format {
  const named = textOf(flags, 'format');
  const short = (['json', 'csv', 'markdown'] as const).find((each) => flags[each] === true);
  return FORMATS.find((each) => each === named) ?? short ?? 'text';
}

export function needed(bill: ArtifactBill | null): ArtifactBill {
  if (bill !== null) return bill;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--format infracost',
    got: 'the book of a plan, which holds no resources of infrastructure code',
    expected: 'the bill of artifacts',
    fix: 'add --from artifacts, or name them with --app',
  });
}

/** An amount that a flag states in USD a month; `null` where it was not given. */
export function usdOf(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const usd = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(usd)) return usd;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: flag,
    got: `"${text}"`,
    expected: 'USD a month, 0 or more',
    fix: `write it as ${flag} 5000`,
  });
}
