import { layersOf, type StatedFiles } from '#bin/input/stated-files';
import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { overridesOf } from '#lib/cost/finance-overrides';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { sharedRequest } from '#lib/plan/plan-request';
import type { Scenario } from '#lib/spec/schema/scenario';
import type { Environment } from '#lib/spec/schema/environment';

export interface PlanRequest {
  readonly environmentPath: string;
  /** Synthesizes this option instead of the one that `deploy` names. */
  readonly option?: string | undefined;
  /** Only this scenario. @default - every scenario that `deploy` names, or all with `option` */
  readonly scenario?: string | undefined;
  /** Laid over the catalog besides what the environment names: prices, sizes and models decide which node wins. @default - nothing */
  readonly files?: StatedFiles;
}

/** A plan with the scenario that it is made for, and the catalog that it is made from. */
export interface PlannedScenario {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly catalog: Catalog;
}

/** The plans that an environment deploys: what both synthesizers transcribe. Fails where a chosen option does not fit. */
export function plansFor(request: PlanRequest): Plan[] {
  return plannedFor(request).map(({ plan }) => plan);
}

/** As `plansFor`, for whoever needs more than the plans say. */
export function plannedFor(request: PlanRequest): PlannedScenario[] {
  const stated = layersOf(request.files ?? {});
  const { environment, catalog } = openEnvironment(request.environmentPath, stated);
  const prices = createPriceBook({ catalog, overrides: overridesOf(environment.finance) });
  const shared = sharedRequest(environment, { catalog, prices });
  const pairs = chosen(environment, request);
  refuseSharedOptions(pairs, request);
  return pairs.map(([scenarioId, optionId]) => {
    const scenario = environment.scenarios[scenarioId];
    const option = environment.options[optionId];
    if (scenario === undefined) throw unknown(request, 'UNKNOWN_SCENARIO', scenarioId, environment.scenarios);
    if (option === undefined) throw unknown(request, 'UNKNOWN_OPTION', optionId, environment.options);
    const result = makePlan({ ...shared, scenarioId, scenario, optionId, option });
    if (result.feasible) return { plan: result.plan, scenario, catalog };
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `${request.environmentPath}: options.${optionId}`,
      got: result.reasons.join('; '),
      expected: `an option that carries scenario ${scenarioId}`,
      fix: `see \`landfall compare ${request.environmentPath}\` for options that fit`,
    });
  });
}

/** Pairs of scenario and option, in the order of the file. */
function chosen(environment: Environment, request: PlanRequest): [string, string][] {
  const { option, scenario } = request;
  if (option !== undefined) {
    const scenarios = scenario === undefined ? Object.keys(environment.scenarios) : [scenario];
    return scenarios.map((id) => [id, option]);
  }
  const deployed = Object.entries(environment.deploy).filter(
    ([id]) => scenario === undefined || id === scenario,
  );
  if (deployed.length > 0) return deployed;
  throw new LandfallError({
    code: 'MISSING_KEY',
    at: `${request.environmentPath}: deploy`,
    expected: scenario === undefined ? 'a scenario and its option' : `an option for scenario ${scenario}`,
    fix: `write \`deploy: { <scenario>: <option> }\` or pass an option: ${Object.keys(environment.options).join(', ')}`,
  });
}

/** Stacks are named by environment and option: a second scenario on the same option would overwrite the first. */
function refuseSharedOptions(pairs: readonly [string, string][], request: PlanRequest): void {
  const shared = pairs.find(([, option], index) => pairs.findIndex(([, other]) => other === option) < index);
  if (shared === undefined) return;
  const [scenario, option] = shared;
  throw new LandfallError({
    code: 'CONFLICT',
    at: `${request.environmentPath}: deploy.${scenario}`,
    got: `a second scenario on option ${option}`,
    expected: 'one scenario per option in one synthesis',
    fix: `give ${scenario} an option of its own, or choose one scenario (\`-c scenario=${scenario}\`, \`--scenario ${scenario}\`)`,
  });
}

function unknown(
  request: PlanRequest,
  code: 'UNKNOWN_SCENARIO' | 'UNKNOWN_OPTION',
  got: string,
  known: Readonly<Record<string, unknown>>,
): LandfallError {
  const what = code === 'UNKNOWN_SCENARIO' ? 'a scenario' : 'an option';
  return new LandfallError({
    code,
    at: request.environmentPath,
    got: `"${got}"`,
    expected: `${what} of the environment`,
    fix: suggestion(got, Object.keys(known)),
  });
}
