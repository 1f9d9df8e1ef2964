import { textOf, type Flags, type Surroundings } from '#bin/command';
import { asOfDate } from '#bin/flags/as-of-date';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { sentenceCurrency } from '#bin/input/stated-currency';
import { compareEnvironment } from '#lib/compare/compare';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

export { asOfDate };

/** Catalog and environment of a command line: `--as-of` and `--scenario` applied. */
export function readEnvironment(path: string, flags: Flags, surroundings: Surroundings) {
  const asOf = asOfDate(flags, surroundings);
  const { environment, catalog, root } = openedEnvironment(path, flags);
  const scenario = textOf(flags, 'scenario');
  if (scenario === undefined) return { environment, catalog, root, asOf };
  const wanted = environment.scenarios[scenario];
  if (wanted === undefined) {
    throw new LandfallError({
      code: 'UNKNOWN_SCENARIO',
      at: '--scenario',
      got: `"${scenario}"`,
      expected: `a scenario of ${path}`,
      fix: suggestion(scenario, Object.keys(environment.scenarios)),
    });
  }
  const option = environment.deploy[scenario];
  const deploy = option === undefined ? {} : { [scenario]: option };
  return { environment: { ...environment, scenarios: { [scenario]: wanted }, deploy }, catalog, root, asOf };
}

/** The comparison of a command line. */
export function compareFile(path: string, flags: Flags, surroundings: Surroundings) {
  const { environment, catalog, root, asOf } = readEnvironment(path, flags, surroundings);
  const currency = sentenceCurrency(flags, catalog, environment.finance);
  return {
    environment,
    catalog,
    root,
    ...compareEnvironment({ environment, catalog, asOf, otherwise: true, currency }),
  };
}
