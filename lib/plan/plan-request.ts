import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { Finance } from '#lib/spec/schema/finance';
import { knobsOf, type Option } from '#lib/spec/schema/option';
import type { Scenario } from '#lib/spec/schema/scenario';
import { targets } from '#lib/targets/index';
import type { Site } from '#lib/targets/port/site';
import type { Market, PlacedFleet, Target, Texts } from '#lib/targets/target';
import { monthlyDemand } from '#lib/plan/demand';
import { variationOf, type LengthFigures } from '#lib/plan/sizing/length-variation';
import type { Plan } from '#lib/plan/plan';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import { GB } from '#lib/units/bytes';

/** One demand and one way to meet it. */
export interface PlanRequest {
  readonly environmentName: string;
  readonly scenarioId: string;
  readonly scenario: Scenario;
  readonly optionId: string;
  readonly option: Option;
  readonly finance: Finance;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  /** Shared by the options of a comparison. @default - one of its own */
  readonly sizer?: Sizer;
  /** Ids of the offerings that its replicas may stand on. @default - all that the target offers */
  readonly standsOn?: readonly string[];
}

/** What the plans of an environment have in common: a scenario and an option make a request of it. */
export function sharedRequest(
  { name, finance }: { readonly name: string; readonly finance: Finance },
  parts: Pick<PlanRequest, 'catalog' | 'prices' | 'sizer'>,
): Omit<PlanRequest, 'scenarioId' | 'scenario' | 'optionId' | 'option'> {
  return { environmentName: name, finance, ...parts };
}

/** What every kind of plan works from. */
export interface Context extends PlanRequest {
  readonly sizer: Sizer;
  readonly target: Target;
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly site: Site;
  readonly market: Market;
  readonly demand: Plan['demand'];
  readonly tokens: PlacedFleet['tokens'];
}

export function contextOf(request: PlanRequest): Context {
  const { scenario, option, finance, catalog, prices } = request;
  const target: Target = targets.get(option.target);
  const knobs = knobsOf(option);
  const demand = monthlyDemand(scenario);
  const bytesPerToken = prices.assumption('egress.bytes-per-token').base;
  return {
    ...request,
    sizer: request.sizer ?? rememberingSizer(catalog),
    target,
    knobs,
    site: target.site(knobs),
    market: {
      catalog,
      prices,
      horizonMonths: finance.horizonMonths,
      discountRatePerYear: finance.discountRatePerYear,
      onCall: finance.people.onCall,
    },
    demand,
    tokens: {
      inputPerMonth: demand.inputTokensPerMonth,
      cachedInputPerMonth: demand.cachedInputTokensPerMonth,
      outputPerMonth: demand.outputTokensPerMonth,
      requestsPerMonth: demand.requestsPerMonth,
      egressGbPerMonth: (demand.outputTokensPerMonth * bytesPerToken) / GB,
      texts: [scenario.traffic.inputTokens, scenario.traffic.outputTokens].map((lengths) =>
        textsOf(demand.requestsPerMonth, lengths),
      ),
    },
  };
}

function textsOf(perMonth: number, lengths: LengthFigures): Texts {
  const variation = variationOf(lengths);
  return { perMonth, meanTokens: lengths.mean, ...(variation === undefined ? {} : { variation }) };
}

/** The parts of a plan that do not depend on how the model is served. */
export function planFrame(context: Context) {
  const { environmentName, scenarioId, optionId, target, knobs, site, demand, prices } = context;
  const leadTimeAssumption = target.leadTime(knobs).assumption;
  const { low, base, high } = prices.assumption(leadTimeAssumption);
  return {
    schema: 'landfall/plan/v1',
    environment: environmentName,
    scenario: scenarioId,
    option: optionId,
    target: target.id,
    network: {
      region: site.region,
      zones: site.zones,
      vpcCidr: site.vpcCidr,
      natGateways: site.natGateways,
      interfaceEndpoints: site.interfaceEndpoints,
    },
    demand,
    leadTimeDays: { low, base, high },
    leadTimeAssumption,
  } as const satisfies Partial<Plan>;
}
