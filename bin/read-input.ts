import { textOf, type Flags, type Surroundings } from '#bin/command';
import { sizedCatalog } from '#bin/sized-catalog';
import { compareEnvironment } from '#lib/compare/compare';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { loadEnvironment } from '#lib/spec/load-environment';

/** Catalog and environment of a command line: `--as-of` and `--scenario` applied. */
export function readEnvironment(path: string, flags: Flags, surroundings: Surroundings) {
  const asOf = asOfDate(flags, surroundings);
  const catalog = sizedCatalog(flags);
  const { environment } = loadEnvironment(path, catalog);
  const scenario = textOf(flags, 'scenario');
  if (scenario === undefined) return { environment, catalog, asOf };
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
  return { environment: { ...environment, scenarios: { [scenario]: wanted }, deploy }, catalog, asOf };
}

/** The comparison of a command line. */
export function compareFile(path: string, flags: Flags, surroundings: Surroundings) {
  const { environment, catalog, asOf } = readEnvironment(path, flags, surroundings);
  return { environment, ...compareEnvironment({ environment, catalog, asOf }) };
}

/** `--as-of` or today. Checks that the day exists: 2026-02-30 does not. */
export function asOfDate(flags: Flags, { today }: Surroundings): string {
  const asOf = textOf(flags, 'asOf') ?? today;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? Date.parse(`${asOf}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(asOf)) return asOf;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--as-of',
    got: `"${asOf}"`,
    expected: 'a date',
    fix: `write it as YYYY-MM-DD, e.g. ${today}`,
  });
}
