import { filesOfApp } from '#bin/artifact-files';
import { asOfDate } from '#bin/as-of-date';
import { fine, textOf, type Flags, type Outcome, type Surroundings } from '#bin/command';
import { asResource } from '#bin/stated-nodes';
import { readUsage, refuseUnusedUsage, usageTemplate, type StatedUse } from '#bin/usage-file';
import { withCurrency } from '#bin/stated-currency';
import { writtenEstimate } from '#bin/write-estimate';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromArtifacts } from '#lib/cost/from-artifacts';
import { PRESETS } from '#lib/cost/resources/usage-presets';
import { LandfallError } from '#lib/errors/landfall-error';

/** Where a resource stands whose artifact does not say it. */
const USUAL_REGION = 'us-east-1';
/** What an app that is not ours is billed over. */
const APP_FINANCE = { horizonMonths: 36, discountRatePerYear: 0.09 } as const;

const NOTHING_STATED: StatedUse = { usage: new Map(), nodes: [] };

/** The bill of anybody's infrastructure code, or the usage file to begin it with. */
export function appEstimate(app: string, flags: Flags, surroundings: Surroundings): Outcome {
  const file = textOf(flags, 'usage');
  const { usage, nodes } = file === undefined ? NOTHING_STATED : readUsage(file);
  const region = textOf(flags, 'region') ?? USUAL_REGION;
  const given = parameters(textOf(flags, 'parameter'));
  const { form, resources: read } = readArtifacts(filesOfApp(app), app, { given, region });
  const resources = [...read, ...nodes.map(asResource)];
  const catalog = loadCatalog({ prices: textOf(flags, 'prices') });
  const { estimate, bill } = estimateFromArtifacts(resources, {
    prices: createPriceBook({ catalog }),
    instances: catalog.instances,
    asOf: asOfDate(flags, surroundings),
    ...APP_FINANCE,
    region,
    usage,
    head: { environment: app, scenario: 'app', option: form, target: form },
  });
  if (file !== undefined) refuseUnusedUsage(usage, bill, file);
  if (flags['initUsage'] !== true) {
    const shown = withCurrency(estimate, flags, catalog);
    return writtenEstimate({ estimate: shown, bill, path: app }, flags, surroundings);
  }
  const preset = PRESETS.find((each) => each === textOf(flags, 'preset'));
  const needsNodes = estimate.allocation?.pools.length === 0;
  return fine(usageTemplate({ bill, needsNodes, app }, preset));
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
        got: `"${pair}"`,
        expected: 'a name and a value',
        fix: 'write it as --parameter InstanceType=g6e.xlarge,Count=2',
      });
    }),
  );
}
