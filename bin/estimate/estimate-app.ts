import { filesOfApp } from '#bin/estimate/artifact-files';
import { asOfDate } from '#bin/flags/as-of-date';
import { fine, textOf, type Flags, type Outcome, type Surroundings } from '#bin/command';
import { byNumber } from '#bin/estimate/stated-nodes';
import { readUsage, refuseUnusedUsage, usageTemplate, type StatedUse } from '#bin/estimate/usage-file';
import { withCurrency } from '#bin/input/stated-currency';
import { statedPrices } from '#bin/input/stated-prices';
import { writtenEstimate } from '#bin/estimate/write-estimate';
import { readArtifacts, stackOf } from '#lib/artifacts/read-artifacts';
import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromArtifacts } from '#lib/cost/artifacts/from-artifacts';
import { PRESETS } from '#lib/cost/resources/usage-presets';
import { LandfallError } from '#lib/errors/landfall-error';
import { regionSuggestion } from '#lib/spec/references/region-suggestion';

/** Where a resource stands whose artifact does not say it. */
const USUAL_REGION = 'us-east-1';
/** What an app that is not ours is billed over. */
const APP_FINANCE = { horizonMonths: 36, discountRatePerYear: 0.09 } as const;

const NOTHING_STATED: StatedUse = { usage: new Map(), places: new Map(), nodes: [], freeTier: false };

/** The bill of anybody's infrastructure code, what changed in it, or the usage file to begin it with. */
export async function appEstimate(app: string, flags: Flags, surroundings: Surroundings): Promise<Outcome> {
  const file = textOf(flags, 'usage');
  const stated = file === undefined ? NOTHING_STATED : readUsage(file);
  const read = appReader(app, stated, flags, surroundings);
  const { estimate, bill } = read(app);
  const baseline = textOf(flags, 'baseline');
  if (baseline === undefined) {
    if (file !== undefined) refuseUnusedUsage(stated, [bill], file);
    if (flags['initUsage'] !== true)
      return writtenEstimate({ estimate, bill, path: app }, flags, surroundings);
    const preset = PRESETS.find((each) => each === textOf(flags, 'preset'));
    const needsNodes =
      estimate.allocation?.pools.length === 0 ||
      bill.lines.some(({ type, item }) => type === 'v1/Node' && item.assumed);
    return fine(usageTemplate({ bill, needsNodes, app }, preset));
  }
  const { earlierEstimate } = await import('#bin/estimate/earlier-estimate');
  const { writtenChange } = await import('#bin/estimate/write-bill-change');
  const before =
    baseline === PRIOR
      ? { name: `${app} before`, ...read(app, 'prior') }
      : (earlierEstimate(baseline) ?? { name: baseline, ...read(baseline) });
  if (file !== undefined) refuseUnusedUsage(stated, [bill, before.bill], file);
  return writtenChange(before, { estimate, bill, path: app }, flags, surroundings);
}

/** Names what a plan itself found standing. */
const PRIOR = 'prior';

/** Bills apps, each by the same prices, the same stated use and the same values of parameters. */
function appReader(
  app: string,
  { usage, nodes, ...stated }: StatedUse,
  flags: Flags,
  surroundings: Surroundings,
) {
  const given = parameters(textOf(flags, 'parameter'));
  const catalog = loadCatalog({ prices: statedPrices(flags) });
  const region = regionOf(textOf(flags, 'region'), catalog);
  const asOf = asOfDate(flags, surroundings);
  const isFreeTier = flags['freeTier'] === true || stated.freeTier;
  const freeTier = isFreeTier ? { allowances: catalog.freeTier(), sources: catalog.sources() } : undefined;
  // A template is told from an earlier one by what is in it, and not by the names of two files.
  const stack = stackOf(app);
  return (path: string, stands: 'planned' | 'prior' = 'planned') => {
    const { form, resources } = readArtifacts(filesOfApp(path), path, { given, region, stack, stands });
    const { counted, types } = byNumber(nodes);
    const { estimate, bill } = estimateFromArtifacts([...resources, ...counted], {
      prices: createPriceBook({ catalog }),
      nodeSizes: catalog.nodeSizes,
      catalog,
      asOf,
      ...APP_FINANCE,
      region,
      usage,
      nodeTypes: types,
      freeTier,
      head: { environment: path, scenario: 'app', option: form, target: form },
    });
    return { estimate: withCurrency(estimate, flags, catalog), bill };
  };
}

function regionOf(region: string | undefined, catalog: Catalog): string {
  if (region === undefined) return USUAL_REGION;
  const regions = catalog.awsRegions();
  if (regions.includes(region)) return region;
  throw new LandfallError({
    code: 'UNKNOWN_REGION',
    at: '--region',
    got: `"${region}"`,
    expected: 'a region of AWS',
    fix: regionSuggestion(region, regions),
  });
}

/** `Name=value,Other=value`. */
function parameters(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  return new Map(
    text.split(',').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
      throw new LandfallError({
        code: 'BAD_USAGE',
        at: '--parameter',
        got: 'a part without a "="',
        expected: 'a name and a value',
        fix: 'write it as --parameter InstanceType=g6e.xlarge,Count=2',
      });
    }),
  );
}
