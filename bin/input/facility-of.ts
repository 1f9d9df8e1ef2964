import { textOf, type Flags, type Surroundings } from '#bin/command';
import { pickOption, pickScenario } from '#bin/input/pick-option';
import { asOfDate } from '#bin/input/read-input';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { overridesOf } from '#lib/cost/finance-overrides';
import { LandfallError } from '#lib/errors/landfall-error';
import { makeFacility, type FacilityRequest } from '#lib/facility/make-facility';
import type { Facility } from '#lib/facility/facility';

/** The facility of the option that a command line names, with what it was made of. */
export function facilityOfFile(
  path: string,
  flags: Flags,
  surroundings: Surroundings,
): FacilityRequest & { readonly facility: Facility } {
  const { environment, catalog } = openedEnvironment(path, flags);
  const scenarioId = pickScenario(environment, path, textOf(flags, 'scenario'));
  const optionId = textOf(flags, 'option') ?? environment.deploy[scenarioId] ?? '';
  const asOf = asOfDate(flags, surroundings);
  const { plan } = pickOption({
    environment,
    path,
    catalog,
    asOf,
    scenario: scenarioId,
    option: optionId,
  });
  const { finance, scenarios, options } = environment;
  const scenario = scenarios[scenarioId];
  const option = options[optionId];
  if (scenario === undefined || option === undefined) throw new Error(`no ${scenarioId} or ${optionId}`);
  const prices = createPriceBook({ catalog, overrides: overridesOf(finance) });
  const request: FacilityRequest = { plan, scenario, option, finance, catalog, prices };
  const facility = makeFacility(request);
  if (facility !== null) return { ...request, facility };
  throw new LandfallError({
    code: 'NO_FACILITY',
    at: `${path}: options.${optionId}`,
    got: `target ${plan.target}`,
    expected: 'an option on leased or own servers',
    fix: 'racks, power and network of a cloud are its provider’s; choose leased, colo or self-built',
  });
}
