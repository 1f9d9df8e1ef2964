import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { candidatesOf } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import { memberPlanner } from '#lib/portfolio/planned-member';
import { splitTraffic } from '#lib/portfolio/splits/split-traffic';
import type { Environment } from '#lib/spec/schema/environment';

/** A scenario whole on a fleet, whole on a provider's model, and the parts of it at every cut. */
export interface SplitParts {
  readonly whole: Member;
  readonly managed: Member;
  readonly baseOf: (shareOfPeak: number) => Member | null;
  readonly restOf: (shareOfPeak: number) => Member | null;
  /** Shares of the peak that fill one replica, two, and so on, short of all. */
  readonly shares: readonly number[];
}

/** Of each scenario of an environment with one fleet and one provider, every part planned and billed by itself. */
export function splitParts(
  environment: Environment,
  { catalog, fleet, provider, asOf }: { catalog: Catalog; fleet: string; provider: string; asOf: string },
) {
  const sizer = rememberingSizer(catalog);
  const prices = createPriceBook({ catalog });
  const compared = compareEnvironment({ environment, catalog, asOf, weighsDoubt: false, sizer });
  const request = { environment, catalog, prices, asOf, sizer };
  const all = candidatesOf(environment, compared, catalog, prices, { sizer });
  const planned = memberPlanner(request);
  const at = (option: string) => all.options.findIndex(({ optionId }) => optionId === option);
  const [option, other] = [environment.options[fleet], environment.options[provider]];
  if (option === undefined || other === undefined) throw new Error('no such options');
  const parts = all.scenarios.map((scenarioId, index): SplitParts => {
    const whole = all.members[at(fleet)]?.[index] ?? null;
    const managed = all.members[at(provider)]?.[index] ?? null;
    if (managed === null || whole?.plan.serving == null || whole.plan.sizing === null) {
      throw new Error(`${scenarioId} does not fit both`);
    }
    const { scenario, plan, needs } = whole;
    const serving = {
      ...option.serving,
      model: plan.model.id,
      precision: whole.plan.serving.precision,
      tensorParallel: whole.plan.sizing.parallelism.tensor,
    };
    const standsOn = whole.fleet.nodes.map(({ offering }) => offering.id).slice(0, 1);
    const most = Math.max(...needs);
    return {
      whole,
      managed,
      baseOf: (share) =>
        planned({
          scenarioId,
          scenario: splitTraffic(scenario, share).base,
          optionId: fleet,
          option: { ...option, serving },
          standsOn,
        }),
      restOf: (share) =>
        planned(
          {
            scenarioId,
            scenario: splitTraffic(scenario, share).rest,
            optionId: provider,
            option: { ...other, serving: { ...other.serving, model: plan.model.id } },
          },
          true,
        ),
      shares: Array.from({ length: Math.ceil(most - 1e-9) - 1 }, (_, cut) => (cut + 1) / most),
    };
  });
  return { all, request, parts, fleetAt: at(fleet), providerAt: at(provider) };
}
