import { EXIT, textOf, type Flags, type Run } from '#bin/command';
import { openSide, type OpenedSide } from '#bin/diff/opened-side';
import { scenarioPairs } from '#bin/diff/scenario-pairs';
import { DIFF_FORMATS, writtenDiff } from '#bin/diff/write-diff';
import { asOfDate } from '#bin/flags/as-of-date';
import { formatOf } from '#bin/flags/output-format';
import { statedGates } from '#bin/flags/stated-gates';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { sentenceCurrency, withAmounts } from '#bin/input/stated-currency';
import { layersOf, statedFiles } from '#bin/input/stated-files';
import { documentOrigin } from '#bin/output/document-origin';
import type { DocumentOrigin } from '#lib/cost/made-by';
import type { DiffDocument } from '#lib/diff/environment-diff';
import { hasFailed } from '#lib/diff/gates';
import { diffScenarios, heldToGates, isDifferent, type ScenarioPair } from '#lib/diff/join-diffs';
import { parseSelector, resolvedSelectors } from '#lib/diff/selector';
import { diffAmounts } from '#lib/report/usd-amounts';
import { parseGate, type Gate } from '#lib/spec/schema/review';

export const run: Run = ([from = '', to = ''], flags, surroundings) => {
  const format = formatOf(flags, DIFF_FORMATS);
  const gates = statedGates(textOf(flags, 'failOn'));
  const stated = layersOf(statedFiles(flags));
  const selectors = [parseSelector(from), parseSelector(to)] as const;
  const [first, second] = resolvedSelectors(...selectors, textOf(flags, 'environment'));
  const [before, after] = [openSide(first, stated), openSide(second, stated)];
  const asOf = asOfDate(flags, surroundings);
  const pairs = scenarioPairs(before, after, { asOf, scenario: textOf(flags, 'scenario'), stated });
  const { catalog, finance } = moneyOf(before, after, flags);
  const currency = sentenceCurrency({ ...flags, json: format === 'json' }, catalog, finance);
  const found = heldToGates(diffScenarios(from, to, pairs, currency), [
    ...gates,
    ...[before, after].flatMap(ownGates),
  ]);
  const diff = {
    ...withAmounts(found, diffAmounts, flags, catalog, finance),
    madeBy: originOf(after, pairs),
  };
  const written = { diff, file: fileOf(after, before), environment: nameOf(after, before), asOf };
  return {
    stdout: writtenDiff(format, written, flags, surroundings),
    stderr: failures(diff),
    exitCode: (diff.gates ?? []).some(hasFailed)
      ? EXIT.guardrail
      : flags['exitCode'] === true && isDifferent(diff)
        ? EXIT.different
        : EXIT.fine,
  };
};

/** What the files themselves hold a change to. */
function ownGates(side: OpenedSide): readonly Gate[] {
  const texts = side.kind === 'environment' ? (side.environment.review?.failOn ?? []) : [];
  return texts.flatMap((text) => parseGate(text) ?? []);
}

function failures({ gates = [] }: DiffDocument): string {
  const failed = gates.filter(hasFailed);
  if (failed.length === 0) return '';
  return `failed: ${failed.map(({ gate, message }) => `${gate} (${message})`).join(', ')}\n`;
}

/** In whose money sentences speak: the second side's, where it says. */
function moneyOf(before: OpenedSide, after: OpenedSide, flags: Flags) {
  const side = [after, before].find((each) => each.kind === 'environment');
  if (side?.kind !== 'environment') {
    return { catalog: sizedCatalog(flags), finance: { exchangeRates: {} } };
  }
  return { catalog: side.catalog, finance: side.environment.finance };
}

function fileOf(...sides: readonly OpenedSide[]): string {
  const [side] = sides.flatMap((each) => (each.kind === 'environment' ? [each.selector.file] : []));
  return side ?? sides[0]?.selector.text ?? '';
}

function nameOf(...sides: readonly OpenedSide[]): string {
  const [name] = sides.flatMap((each) => (each.kind === 'environment' ? [each.environment.name] : []));
  return name ?? sides[0]?.selector.text ?? '';
}

function originOf(after: OpenedSide, pairs: readonly ScenarioPair[]): DocumentOrigin | undefined {
  if (after.kind === 'document') return after.document.madeBy;
  const choices = pairs.flatMap(({ id, to }) => (to === undefined ? [] : [[id, to.option] as const]));
  return documentOrigin(after.root, after.catalog, choices);
}
