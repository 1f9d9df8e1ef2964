import { EXIT, fine, json, textOf, type Flags, type Run } from '#bin/command';
import { openSide, type OpenedSide } from '#bin/diff/opened-side';
import { scenarioPairs } from '#bin/diff/scenario-pairs';
import { asOfDate } from '#bin/flags/as-of-date';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { sentenceCurrency, withAmounts } from '#bin/input/stated-currency';
import { layersOf, statedFiles } from '#bin/input/stated-files';
import { documentOrigin } from '#bin/output/document-origin';
import type { DocumentOrigin } from '#lib/cost/made-by';
import { diffScenarios, isDifferent, type ScenarioPair } from '#lib/diff/join-diffs';
import { parseSelector, resolvedSelectors } from '#lib/diff/selector';
import { diffScreen } from '#lib/report/screens/diff-screen';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { screenIn } from '#lib/report/in-currency';
import { diffAmounts } from '#lib/report/usd-amounts';
import { renderText } from '#lib/report/text';

export const run: Run = ([from = '', to = ''], flags, surroundings) => {
  const stated = layersOf(statedFiles(flags));
  const selectors = [parseSelector(from), parseSelector(to)] as const;
  const [first, second] = resolvedSelectors(...selectors, textOf(flags, 'environment'));
  const [before, after] = [openSide(first, stated), openSide(second, stated)];
  const pairs = scenarioPairs(before, after, {
    asOf: asOfDate(flags, surroundings),
    scenario: textOf(flags, 'scenario'),
    stated,
  });
  const { catalog, finance } = moneyOf(before, after, flags);
  const found = diffScenarios(from, to, pairs, sentenceCurrency(flags, catalog, finance));
  const diff = {
    ...withAmounts(found, diffAmounts, flags, catalog, finance),
    madeBy: originOf(after, pairs),
  };
  const wide = flags['wide'] === true;
  const screen = () => screenIn(diff, diff.inCurrency, (shown) => diffScreen(shown, { wide }));
  const stdout = flags['json']
    ? json(diff)
    : flags['markdown']
      ? renderMarkdown(screen())
      : renderText(screen(), { ...surroundings, wide });
  const differs = flags['exitCode'] === true && isDifferent(diff);
  return differs ? { stdout, stderr: '', exitCode: EXIT.different } : fine(stdout);
};

/** In whose money sentences speak: the second side's, where it says. */
function moneyOf(before: OpenedSide, after: OpenedSide, flags: Flags) {
  const side = [after, before].find((each) => each.kind === 'environment');
  if (side?.kind !== 'environment') {
    return { catalog: sizedCatalog(flags), finance: { exchangeRates: {} } };
  }
  return { catalog: side.catalog, finance: side.environment.finance };
}

function originOf(after: OpenedSide, pairs: readonly ScenarioPair[]): DocumentOrigin | undefined {
  if (after.kind === 'document') return after.document.madeBy;
  const choices = pairs.flatMap(({ id, to }) => (to === undefined ? [] : [[id, to.option] as const]));
  return documentOrigin(after.root, after.catalog, choices);
}
