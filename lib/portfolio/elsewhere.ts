import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import { interimOf } from '#lib/compare/interim';
import type { Interim } from '#lib/cost/benefit-lines';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { candidateModels } from '#lib/plan/candidates';
import { makePlan } from '#lib/plan/make-plan';
import type { PlanRequest } from '#lib/plan/plan-request';
import type { Sizer } from '#lib/plan/sizer';
import { neededReplicas } from '#lib/plan/scaling/week';
import { fleetKey, type Member } from '#lib/portfolio/member';
import { placeOf, type Place } from '#lib/portfolio/place-of';
import { scoreOf } from '#lib/portfolio/score';
import type { Environment } from '#lib/spec/environment';
import type { Option } from '#lib/spec/option';

export interface ElsewhereRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly asOf: string;
  /** That of the comparison has most answers already. */
  readonly sizer: Sizer;
}

/** Plans the members of an option anew on each other's nodes: what each could share that alone it would not take. */
export function membersElsewhere(
  request: ElsewhereRequest,
): (optionId: string, option: Option, members: readonly (Member | null)[]) => (Member | null)[] {
  const { environment, catalog, prices, asOf, sizer } = request;
  const { finance } = environment;
  const base = { environmentName: environment.name, finance, catalog, prices, sizer };
  const interims = new Map<string, Interim | null>();
  const interimFor = ({ scenarioId, scenario }: Member) => {
    const found = interims.get(scenarioId);
    if (found !== undefined) return found;
    const planOf = (optionId: string, option: Option) =>
      makePlan({ ...base, scenarioId, scenario, optionId, option });
    const interim = interimOf(environment, planOf, { prices, asOf });
    interims.set(scenarioId, interim);
    return interim;
  };
  return (optionId, option, members) => {
    const places = placesOf(members);
    if (places.length < 2) return [...members];
    return members.map((member) => {
      if (member === null || placeOf(member) === null) return member;
      const { scenarioId, scenario } = member;
      const planned = (changes: Partial<PlanRequest>): Member[] => {
        const asked = { ...base, scenarioId, scenario, optionId, option, ...changes };
        const result = makePlan(asked);
        if (!result.feasible || result.plan.sizing === null) return [];
        const { plan, fleet } = result;
        const estimate = estimateFromPlan(plan, { prices, finance, asOf, interim: interimFor(member) });
        const needs = neededReplicas(scenario, result.plan.sizing, member.fill);
        return [{ scenarioId, scenario, plan, fleet, estimate, fill: member.fill, needs, own: member }];
      };
      const models = candidateModels(scenario, option.serving.model, catalog).accepted;
      const mayServe = (id: string) => models.some((model) => model.id === id);
      const found = places.flatMap(({ offering, model, tensorParallel }) => {
        const standsOn = [offering];
        const serving = { ...option.serving, model, tensorParallel };
        const alike = mayServe(model) ? planned({ standsOn, option: { ...option, serving } }) : [];
        return alike.length > 0 ? alike : planned({ standsOn });
      });
      const elsewhere = distinct(found, fleetKey(member)).filter((other) => isAsGood(other, member, request));
      return elsewhere.length === 0 ? member : { ...member, elsewhere };
    });
  };
}

function placesOf(members: readonly (Member | null)[]): Place[] {
  const places = members.flatMap((member) => (member === null ? [] : (placeOf(member) ?? [])));
  return [...new Map(places.map((place) => [Object.values(place).join(' '), place])).values()];
}

function distinct(members: readonly Member[], own: string | null): Member[] {
  const byKey = new Map(members.map((member) => [fleetKey(member), member]));
  byKey.delete(own);
  return [...byKey.values()];
}

/** A whole bill where the own one is, and no lower score where the portfolio has a floor: limits then concern it alike. */
function isAsGood(other: Member, own: Member, { environment, catalog }: ElsewhereRequest): boolean {
  if (other.estimate.atLeast && !own.estimate.atLeast) return false;
  const metric = environment.portfolio?.quality?.metric;
  if (metric === undefined) return true;
  const [score, ownScore] = [other, own].map((member) => scoreOf(member, metric, catalog));
  return ownScore === null || ownScore === undefined || (score ?? -Infinity) >= ownScore;
}
