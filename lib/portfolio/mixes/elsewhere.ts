import { candidateModels } from '#lib/plan/models/candidates';
import { fleetKey, type Member } from '#lib/portfolio/member';
import { placeOf, type Place } from '#lib/portfolio/mixes/place-of';
import type { MemberRequest, Placement, PlannedMember } from '#lib/portfolio/planned-member';
import { scoreOf } from '#lib/portfolio/score';
import type { Option } from '#lib/spec/schema/option';

/** Plans the members of an option anew on each other's nodes: what each could share that alone it would not take. */
export function membersElsewhere(
  request: MemberRequest,
  plannedMember: PlannedMember,
): (optionId: string, option: Option, members: readonly (Member | null)[]) => (Member | null)[] {
  const { catalog } = request;
  return (optionId, option, members) => {
    const places = placesOf(members);
    if (places.length < 2) return [...members];
    return members.map((member) => {
      if (member === null || placeOf(member) === null) return member;
      const { scenarioId, scenario } = member;
      const planned = (changes: Partial<Placement>): Member[] => {
        const other = plannedMember({ scenarioId, scenario, optionId, option, ...changes });
        return other === null || other.plan.sizing === null ? [] : [{ ...other, own: member }];
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
function isAsGood(other: Member, own: Member, { environment, catalog }: MemberRequest): boolean {
  if (other.estimate.atLeast && !own.estimate.atLeast) return false;
  const metric = environment.portfolio?.quality?.metric;
  if (metric === undefined) return true;
  const [score, ownScore] = [other, own].map((member) => scoreOf(member, metric, catalog));
  return ownScore === null || ownScore === undefined || (score ?? -Infinity) >= ownScore;
}
