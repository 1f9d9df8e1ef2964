import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceBook } from '#lib/catalog/prices';
import type { Estimate } from '#lib/cost/estimate';
import { GROWTH } from '#lib/cost/compiled/bill-input';
import { estimateFromPlan } from '#lib/cost/from-plan';
import type { Environment } from '#lib/spec/schema/environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import { interimOf } from '#lib/compare/interim';
import type { Interim } from '#lib/cost/benefit-lines';
import type { Option } from '#lib/spec/schema/option';
import { changedInputs, type InputChange } from '#lib/decision/changed-inputs';
import { makePlan } from '#lib/plan/make-plan';
import type { Feasibility, Plan } from '#lib/plan/plan';
import { sharedRequest } from '#lib/plan/plan-request';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';

/** One option of one scenario, planned and billed. */
export interface Planned {
  readonly plan: Plan;
  /** Without what it would be without growth. */
  readonly estimate: Estimate;
  /** Ids of the assumptions and prices that the planning read, whatever it decided by them. */
  readonly planningReads: ReadonlySet<string>;
}

/** Plans and bills options of one scenario anew with other inputs: the whole computation, nothing compiled. */
export interface Planner {
  /** What serves until an option is ready, as planned at base. */
  readonly interim: Interim | null;
  /** `null` where the option does not fit, or where the change is none that an environment can state. */
  plan(optionId: string, changes: readonly InputChange[]): Planned | null;
  /** Why an option does not fit as the environment states it; empty where it does. */
  misfit(optionId: string): readonly string[];
}

export interface PlannerProps {
  readonly environment: Environment;
  readonly scenarioId: string;
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly asOf: string;
  /** Shared with who sized the same environment before. @default - one of its own */
  readonly sizer?: Sizer | undefined;
}

/** All answers are remembered: both ends of an assumption, cells of a grid and what serves meanwhile ask the same again. */
export function createPlanner(props: PlannerProps): Planner {
  const { environment, scenarioId, scenario, catalog, asOf } = props;
  const { sizer = rememberingSizer(catalog) } = props;
  const asStated = { finance: environment.finance, scenario };
  const statedAt = remembered((changes) => {
    const stated = changedInputs(asStated, changes);
    return stated === null
      ? null
      : { stated, prices: createPriceBook({ catalog, overrides: stated.overrides }) };
  });
  const fitOf = rememberedByOption(environment.options, (optionId, option, changes): Fit | null => {
    const at = statedAt(changes);
    if (at === null) return null;
    const reads = new Set<string>();
    const prices = noting(at.prices, reads);
    const shared = sharedRequest(
      { name: environment.name, finance: at.stated.finance },
      { catalog, prices, sizer },
    );
    const request = { ...shared, scenarioId, scenario: at.stated.scenario, optionId, option };
    return { result: makePlan(request), reads };
  });
  const interimAt = remembered((changes) => {
    const at = statedAt(changes);
    if (at === null) return null;
    return interimOf(
      { finance: at.stated.finance, options: environment.options },
      (id) => fitOf(id, changes)?.result ?? null,
      { prices: at.prices, asOf },
    );
  });
  return {
    interim: interimAt([]),
    plan: rememberedByOption(environment.options, (optionId, _, changes): Planned | null => {
      const [at, fit] = [statedAt(changes), fitOf(optionId, changes)];
      if (at === null || fit === null || !fit.result.feasible) return null;
      const { stated, prices } = at;
      const { plan } = fit.result;
      // The deployed fleet carries the peak of a later month, which growth makes.
      const grown = stated.scenario.traffic.sizeForMonth > 1 ? [GROWTH] : [];
      const interim = interimAt(changes);
      const context = { prices, finance: stated.finance, asOf, interim, tellsGrowth: false };
      return {
        plan,
        estimate: estimateFromPlan(plan, context),
        planningReads: new Set([...fit.reads, ...grown]),
      };
    }),
    misfit: (optionId) => {
      const result = fitOf(optionId, [])?.result;
      return result === undefined || result.feasible ? [] : result.reasons;
    },
  };
}

interface Fit {
  readonly result: Feasibility;
  /** Ids of the assumptions and prices that the planning read. */
  readonly reads: ReadonlySet<string>;
}

type Changes = readonly InputChange[];

function remembered<Answer>(make: (changes: Changes) => Answer): (changes: Changes) => Answer {
  const answers = new Map<string, Answer>();
  return (changes) => {
    const key = JSON.stringify(changes.map(({ input, value }) => [input.kind, input.id, value]));
    const known = answers.get(key);
    if (known !== undefined) return known;
    const made = make(changes);
    answers.set(key, made);
    return made;
  };
}

/** `null` for an option that the environment does not have. */
function rememberedByOption<Answer>(
  options: Environment['options'],
  make: (optionId: string, option: Option, changes: Changes) => Answer,
): (optionId: string, changes: Changes) => Answer | null {
  const answers = new Map<string, (changes: Changes) => Answer>();
  return (optionId, changes) => {
    const option = options[optionId];
    if (option === undefined) return null;
    const known = answers.get(optionId) ?? remembered((asked: Changes) => make(optionId, option, asked));
    answers.set(optionId, known);
    return known(changes);
  };
}

function noting(prices: PriceBook, reads: Set<string>): PriceBook {
  return {
    price: (reference) => {
      const price = prices.price(reference);
      reads.add(price.id);
      return price;
    },
    listed: (query) => prices.listed(query),
    assumption: (id) => {
      reads.add(id);
      return prices.assumption(id);
    },
  };
}
