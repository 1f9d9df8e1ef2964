import { textOf, type Run } from '#bin/command';
import { pickOption, pickScenario } from '#bin/pick-option';
import { asOfDate } from '#bin/as-of-date';
import { sizedCatalog } from '#bin/sized-catalog';
import { withCurrency } from '#bin/stated-currency';
import { writtenEstimate } from '#bin/write-estimate';
import { LandfallError } from '#lib/errors/landfall-error';
import { loadEnvironment } from '#lib/spec/load-environment';

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
    const estimate = withCurrency(pickOption(request).estimate, flags, catalog, environment.finance);
    return writtenEstimate({ estimate, bill: null, path }, flags, surroundings);
  }
  const { estimateOption } = await import('#bin/estimate-artifacts');
  const { estimate, bill } = await estimateOption(request);
  const shown = withCurrency(estimate, flags, catalog, environment.finance);
  return writtenEstimate({ estimate: shown, bill, path }, flags, surroundings);
};
