import { fine, json, textOf, type Flags, type Outcome, type Run, type Surroundings } from '#bin/command';
import { pickOption, pickScenario } from '#bin/pick-option';
import { heldTo } from '#bin/strict';
import { asOfDate } from '#bin/read-input';
import { sizedCatalog } from '#bin/sized-catalog';
import type { Estimate } from '#lib/cost/estimate';
import { LandfallError } from '#lib/errors/landfall-error';
import { estimateCsv, estimateScreen } from '#lib/report/estimate-screen';
import { renderMarkdown } from '#lib/report/markdown';
import { renderText } from '#lib/report/text';
import { loadEnvironment } from '#lib/spec/load-environment';

export const run: Run = async ([path], flags, surroundings) => {
  const app = textOf(flags, 'app');
  if (app !== undefined) return appEstimate(app, flags, surroundings);
  if (path === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall estimate',
      expected: 'an environment file, or --app with the artifacts of an app',
      fix: 'write landfall estimate environments/support.yaml, or landfall estimate --app cdk.out',
    });
  }
  const asOf = asOfDate(flags, surroundings);
  const catalog = sizedCatalog(flags);
  const { environment } = loadEnvironment(path, catalog);
  const scenario = pickScenario(environment, path, textOf(flags, 'scenario'));
  const option = textOf(flags, 'option') ?? environment.deploy[scenario];
  if (option === undefined) {
    throw new LandfallError({
      code: 'UNKNOWN_OPTION',
      at: '--option',
      expected: `an option of ${path}`,
      fix: `choose one of ${Object.keys(environment.options).join(', ')}`,
    });
  }
  const prices = textOf(flags, 'prices');
  const request = { environment, path, catalog, asOf, scenario, option, prices };
  if (textOf(flags, 'from') !== 'artifacts') {
    return written(pickOption(request).estimate, path, flags, surroundings);
  }
  const { estimateOption } = await import('#bin/estimate-artifacts');
  return written(await estimateOption(request), path, flags, surroundings);
};

async function appEstimate(app: string, flags: Flags, surroundings: Surroundings): Promise<Outcome> {
  const { estimateApp } = await import('#bin/estimate-artifacts');
  const { readUsage, refuseUnusedUsage, usageTemplate } = await import('#bin/usage-file');
  const file = textOf(flags, 'usage');
  const usage = file === undefined ? new Map<string, number>() : readUsage(file);
  const { estimate, bill } = estimateApp({
    app,
    catalog: sizedCatalog(flags),
    asOf: asOfDate(flags, surroundings),
    region: textOf(flags, 'region'),
    given: parameters(textOf(flags, 'parameter')),
    usage,
  });
  if (file !== undefined) refuseUnusedUsage(usage, bill, file);
  return flags['initUsage'] === true
    ? fine(usageTemplate(bill, app))
    : written(estimate, app, flags, surroundings);
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

function written(estimate: Estimate, path: string, flags: Flags, surroundings: Surroundings): Outcome {
  const outcome = shown(estimate, path, flags, surroundings);
  return flags['strict'] === true ? heldTo(outcome, [estimate]) : outcome;
}

function shown(estimate: Estimate, path: string, flags: Flags, surroundings: Surroundings): Outcome {
  if (flags['json']) return fine(json(estimate));
  if (flags['csv']) return fine(estimateCsv(estimate));
  const screen = estimateScreen(estimate, path);
  if (flags['markdown']) return fine(renderMarkdown(screen));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
}
