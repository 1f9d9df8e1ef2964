import { EXIT, fine, json, textOf, type Run } from '#bin/command';
import { pickOption } from '#bin/pick-option';
import { asOfDate } from '#bin/flags/as-of-date';
import { sentenceCurrency, withAmounts, type StatedCurrency } from '#bin/stated-currency';
import { loadCatalog } from '#lib/catalog/load';
import type { Catalog } from '#lib/catalog/catalog';
import { diffScenarios, isDifferent } from '#lib/diff/join-diffs';
import type { DiffSide } from '#lib/diff/environment-diff';
import { LandfallError } from '#lib/errors/landfall-error';
import { diffScreen } from '#lib/report/screens/diff-screen';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { screenIn } from '#lib/report/in-currency';
import { diffAmounts } from '#lib/report/usd-amounts';
import { renderText } from '#lib/report/text';
import { loadEnvironment } from '#lib/spec/load-environment';

export const run: Run = ([from = '', to = ''], flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const catalog = loadCatalog({ prices: textOf(flags, 'prices') });
  const wanted = textOf(flags, 'scenario');
  const [before, after] = [from, to].map((text) =>
    sidesOf(selectorOf(text, textOf(flags, 'environment')), wanted, asOf, catalog),
  );
  if (before === undefined || after === undefined) throw new Error('two selectors gave fewer than two sides');
  const ids = [...new Set([...before.sides.keys(), ...after.sides.keys()])];
  if (ids.length === 0) throw nothingDeployed(from, to, wanted);
  const pairs = ids.map((id) => ({ id, from: before.sides.get(id), to: after.sides.get(id) }));
  const stated = after.finance;
  const currency = sentenceCurrency(flags, catalog, stated);
  const diff = withAmounts(diffScenarios(from, to, pairs, currency), diffAmounts, flags, catalog, stated);
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

interface Selector {
  readonly text: string;
  readonly path: string;
  /** Absent: what the file deploys. */
  readonly option: string | undefined;
}

/** `FILE`, `FILE#option`, or `option:ID` of the file that `--environment` names. */
function selectorOf(text: string, environment: string | undefined): Selector {
  if (text.startsWith('option:')) {
    const option = text.slice('option:'.length);
    if (environment !== undefined) return { text, path: environment, option };
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall diff',
      got: `"${text}"`,
      expected: 'the environment that has this option',
      fix: `add --environment <file>, or write <file>#${option}`,
    });
  }
  const hash = text.lastIndexOf('#');
  return hash < 0
    ? { text, path: text, option: undefined }
    : { text, path: text.slice(0, hash), option: text.slice(hash + 1) };
}

interface Sides {
  /** By scenario. */
  readonly sides: ReadonlyMap<string, DiffSide>;
  readonly finance: StatedCurrency;
}

/** Each scenario of the selection, planned and priced. */
function sidesOf(
  { text, path, option }: Selector,
  wanted: string | undefined,
  asOf: string,
  catalog: Catalog,
): Sides {
  const { environment } = loadEnvironment(path, catalog);
  const all: [string, string][] =
    option === undefined
      ? Object.entries(environment.deploy)
      : Object.keys(environment.scenarios).map((scenario) => [scenario, option]);
  const sides = new Map(
    all
      .filter(([scenario]) => wanted === undefined || scenario === wanted)
      .map(([scenario, chosen]) => {
        const picked = pickOption({ environment, path, catalog, asOf, scenario, option: chosen });
        return [scenario, { selector: text, ...picked }];
      }),
  );
  return { sides, finance: environment.finance };
}

function nothingDeployed(from: string, to: string, wanted: string | undefined): LandfallError {
  return new LandfallError({
    code: wanted === undefined ? 'MISSING_KEY' : 'UNKNOWN_SCENARIO',
    at: wanted === undefined ? 'deploy' : '--scenario',
    ...(wanted === undefined ? {} : { got: `"${wanted}"` }),
    expected: `a scenario that ${from} or ${to} deploys`,
    fix: 'name the option too: <file>#<option>',
  });
}
