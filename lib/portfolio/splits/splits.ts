import type { Candidates } from '#lib/portfolio/candidates';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { splitsBeside } from '#lib/portfolio/splits/splits-beside';
import { keepsTo } from '#lib/portfolio/keeps-to';
import { billOf, type Member } from '#lib/portfolio/member';
import { optionCosts } from '#lib/portfolio/fleets/option-cost';
import { memberPlanner, type MemberRequest } from '#lib/portfolio/planned-member';
import type { LineContext } from '#lib/cash/line-context';
import { cheapestCuts, isPaidByUse, maySplit } from '#lib/portfolio/splits/split-cuts';

/** Finds the ways in which an option serves a scenario's base and another one what exceeds it. */
export interface SplitFinder {
  /**
   * All candidates and, for each pair of options, the base of as many replicas as make the cheapest bill where nothing is
   * shared, if that, without what the other option may be paid for anyway, is below the bill on every single option.
   */
  readonly alone: () => Candidates;
  /**
   * Further candidates by who stands on each option, an assignment or everybody who could: the bases that are cheapest
   * beside the others there. `null` where none is new.
   */
  readonly beside: (candidates: Candidates, placed: readonly (readonly Member[])[]) => Candidates | null;
  /** Of each option the scenarios that it carries within the limits; none where no option takes an overflow. */
  readonly carried: readonly (readonly number[])[];
}

export function splitFinder(all: Candidates, request: MemberRequest, context: LineContext): SplitFinder {
  const { environment, catalog } = request;
  const limits = environment.portfolio ?? {};
  const { options: sites } = all;
  const planned = memberPlanner(request);
  const cheapestCut = cheapestCuts({ options: environment.options, sites, planned, context });
  const usable = all.members.map((own) =>
    own.map((member) =>
      member !== null && !member.estimate.atLeast && keepsTo(member, limits, catalog) ? member : null,
    ),
  );
  const takers = all.scenarios.map((_, at) => usable.flatMap((own) => own[at] ?? []).filter(isPaidByUse));
  const costs = sites.map((site) => optionCosts(site, context));
  const withMore = (
    candidates: Candidates,
    found: (option: number, scenario: number) => readonly Member[],
  ): Candidates => ({
    ...candidates,
    members: candidates.members.map((own, option) =>
      own.map((member, scenario) => {
        const more = member === null ? [] : found(option, scenario);
        return member === null || more.length === 0
          ? member
          : { ...member, elsewhere: [...(member.elsewhere ?? []), ...more] };
      }),
    ),
  });
  return {
    alone: () =>
      withMore(all, (option, scenario) => {
        const whole = usable[option]?.[scenario] ?? null;
        if (whole === null || !maySplit(whole)) return [];
        const rests = takers[scenario] ?? [];
        const singles = usable.flatMap((own) => own[scenario] ?? []);
        const lessThan = Math.min(...singles.map((single) => billOf(single).monthlyUsd));
        const baseUsd = (base: Member) => billOf(base).monthlyUsd;
        return rests.flatMap((rest) => cheapestCut(whole, rest, { baseUsd, lessThan }) ?? []);
      }),
    carried: usable.map((own) =>
      all.scenarios.flatMap((_, at) => (own[at] && takers[at]?.length ? [at] : [])),
    ),
    beside: (candidates, placed) => {
      const found = sites.map((_, option): readonly Member[] => {
        const costOf = costs[option];
        if (costOf === undefined) return [];
        const splittable = all.scenarios.flatMap((scenarioId, at) => {
          const member = usable[option]?.[at] ?? null;
          const ways = candidates.members[option]?.[at]?.elsewhere ?? [];
          const wholes = member === null ? [] : [member, ...ways].filter(maySplit);
          const elsewhereUsd = savedWithout(scenarioId, placed, costs);
          return wholes.length === 0 ? [] : [{ scenarioId, wholes, takers: takers[at] ?? [], elsewhereUsd }];
        });
        return splitsBeside({ standing: placed[option] ?? [], splittable, costOf, cheapestCut });
      });
      const known = new Set(
        candidates.members
          .flat()
          .flatMap((member) => (member?.elsewhere ?? []).flatMap(({ overflow }) => overflow?.member ?? [])),
      );
      const isNew = ({ overflow }: Member) => overflow !== undefined && !known.has(overflow.member);
      if (!found.flat().some(isNew)) return null;
      return withMore(candidates, (option, scenario) => {
        const own = (found[option] ?? []).filter((way) => way.scenarioId === all.scenarios[scenario]);
        return [...new Map(own.filter(isNew).map((way) => [way.overflow?.member, way])).values()];
      });
    },
  };
}

/** What an assignment costs less without a scenario, USD/month; `null` where it has none such. */
function savedWithout(
  scenarioId: string,
  placed: readonly (readonly Member[])[],
  costs: readonly ((members: readonly Member[]) => OptionCost)[],
): number | null {
  const index = placed.findIndex((members) => members.some((member) => member.scenarioId === scenarioId));
  const [members, costOf] = [placed[index], costs[index]];
  if (members === undefined || costOf === undefined) return null;
  const others = members.filter((member) => member.scenarioId !== scenarioId);
  return costOf(members).monthlyUsd - costOf(others).monthlyUsd;
}
