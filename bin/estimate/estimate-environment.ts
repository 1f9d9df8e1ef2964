import { textOf, type Flags, type Outcome, type Run, type Surroundings } from '#bin/command';
import { pickOption, pickScenario, type PickRequest } from '#bin/input/pick-option';
import { refuseFlagsOfApps } from '#bin/estimate/refused-flags';
import { asOfDate } from '#bin/flags/as-of-date';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { statedFiles } from '#bin/input/stated-files';
import { withCurrency } from '#bin/input/stated-currency';
import { writtenEstimate, type Written } from '#bin/estimate/write-estimate';
import { documentOrigin } from '#bin/output/document-origin';
import { LandfallError } from '#lib/errors/landfall-error';

/** The bill of one option of an environment: the plan's book, or the second one beside it. */
export const environmentEstimate: Run = async ([path], flags, surroundings) => {
  if (path === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall estimate',
      expected: 'an environment file, or --app with the artifacts of an app',
      fix: 'write landfall estimate environments/support.yaml, or landfall estimate --app cdk.out',
    });
  }
  refuseFlagsOfApps(path, flags);
  const asOf = asOfDate(flags, surroundings);
  const { environment, catalog, root } = openedEnvironment(path, flags);
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
  const request = { environment, path, catalog, asOf, scenario, option, files: statedFiles(flags) };
  const baseline = textOf(flags, 'baseline');
  const bill = await billOf(textOf(flags, 'from') === 'artifacts', request);
  const shown = withCurrency(bill.estimate, flags, catalog, environment.finance);
  // Only a document says what made it.
  const estimate = flags['json']
    ? { ...shown, madeBy: documentOrigin(root, catalog, [[scenario, option]]) }
    : shown;
  return written({ ...bill, estimate, path }, baseline, flags, surroundings);
};

/** The plan's book, or the one of the artifacts that it synthesizes. */
async function billOf(isOfArtifacts: boolean, request: PickRequest): Promise<Omit<Written, 'path'>> {
  if (!isOfArtifacts) return { estimate: pickOption(request).estimate, bill: null };
  const { estimateOption } = await import('#bin/estimate/estimate-artifacts');
  return estimateOption(request);
}

/** The bill, or what changed in it since an earlier document of it. */
async function written(
  bill: Written,
  baseline: string | undefined,
  flags: Flags,
  surroundings: Surroundings,
): Promise<Outcome> {
  if (baseline === undefined) return writtenEstimate(bill, flags, surroundings);
  const { earlierEstimate } = await import('#bin/estimate/earlier-estimate');
  const before = earlierEstimate(baseline);
  if (before === null) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: '--baseline',
      got: `"${baseline}"`,
      expected: 'the JSON of an earlier estimate of an environment',
      fix: 'write it with `landfall estimate … --json`, or compare two files with `landfall diff`',
    });
  }
  const { writtenChange } = await import('#bin/estimate/write-bill-change');
  return writtenChange(before, bill, flags, surroundings);
}
