import { EXIT, fine, json, textOf, type Run } from '#bin/command';
import { pickOption } from '#bin/input/pick-option';
import { asOfDate } from '#bin/flags/as-of-date';
import { layersOf, statedFiles } from '#bin/input/stated-files';
import { sentenceCurrency, withAmounts } from '#bin/input/stated-currency';
import type { Catalog } from '#lib/catalog/catalog';
import { diffScenarios, isDifferent } from '#lib/diff/join-diffs';
import type { DiffSide } from '#lib/diff/environment-diff';
import { layOver, type StatedLayers } from '#lib/own-catalog/lay-over';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { LandfallError } from '#lib/errors/landfall-error';
import { diffScreen } from '#lib/report/screens/diff-screen';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { screenIn } from '#lib/report/in-currency';
import { diffAmounts } from '#lib/report/usd-amounts';
import { renderText } from '#lib/report/text';
import type { LoadedEnvironment } from '#lib/spec/load-environment';

export const run: Run = ([from = '', to = ''], flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const wanted = textOf(flags, 'scenario');
  const stated = layersOf(statedFiles(flags));
  const open = (text: string) => opened(selectorOf(text, textOf(flags, 'environment')), stated);
  const [first, second] = [open(from), open(to)];
  const other = otherCatalog(first, second, stated);
  const before = sidesOf(first, wanted, asOf, other);
  const after = sidesOf(second, wanted, asOf);
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  if (ids.length === 0) throw nothingDeployed(from, to, wanted);
  const pairs = ids.map((id) => ({ id, from: before.get(id), to: after.get(id) }));
  const { catalog, environment } = second;
  const currency = sentenceCurrency(flags, catalog, environment.finance);
  const found = diffScenarios(from, to, pairs, currency);
  const diff = withAmounts(found, diffAmounts, flags, catalog, environment.finance);
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

interface Opened extends Selector, LoadedEnvironment {}

function opened(selector: Selector, stated: StatedLayers): Opened {
  return { ...selector, ...openEnvironment(selector.path, stated) };
}

/** The second side's catalog as the first side can be planned with it; `undefined` where both have the same. */
function otherCatalog(first: Opened, second: Opened, stated: StatedLayers): Catalog | undefined {
  const [ours, theirs] = [first.own, second.own].map(({ constants, prices }) =>
    JSON.stringify([constants?.path, prices?.path]),
  );
  if (ours === theirs) return undefined;
  return layOver({ ...second.own, models: first.own.models }, stated);
}

/** Each scenario of the selection, planned and priced. */
function sidesOf(
  { text, path, option, environment, catalog }: Opened,
  wanted: string | undefined,
  asOf: string,
  other?: Catalog,
): ReadonlyMap<string, DiffSide> {
  const all: [string, string][] =
    option === undefined
      ? Object.entries(environment.deploy)
      : Object.keys(environment.scenarios).map((scenario) => [scenario, option]);
  return new Map(
    all
      .filter(([scenario]) => wanted === undefined || scenario === wanted)
      .map(([scenario, chosen]) => {
        const request = { environment, path, catalog, asOf, scenario, option: chosen };
        const side = { selector: text, ...pickOption(request) };
        if (other === undefined) return [scenario, side];
        const { estimate } = pickOption({ ...request, catalog: other });
        return [scenario, { ...side, underOtherCatalog: estimate }];
      }),
  );
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
