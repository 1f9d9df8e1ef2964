import type { Catalog } from '#lib/catalog/catalog';
import type { Comparison } from '#lib/compare/comparison';
import { withinLimits, type Candidates } from '#lib/portfolio/candidates';
import { scoreOf } from '#lib/portfolio/score';
import type { PortfolioLimits } from '#lib/spec/schema/portfolio';
import { amountIn, type Currency } from '#lib/units/currency';
import { grouped } from '#lib/units/grouped';

/** Why no portfolio exists: scenarios without any option, scenarios that a limit leaves none, and money. */
export function conflictsOf(
  all: Candidates,
  comparison: Comparison,
  limits: PortfolioLimits,
  { catalog, currency }: { readonly catalog: Catalog; readonly currency: Currency },
): string[] {
  const within = withinLimits(all, limits, catalog);
  const single = all.scenarios.flatMap((scenario, at): string[] => {
    const ways = all.members.flatMap((own) => own[at] ?? []);
    if (ways.length === 0) return [`${scenario} fits no option: ${reasonsOf(comparison, scenario)}`];
    if (within.members.some((own) => own[at] !== null && own[at] !== undefined)) return [];
    const reasons = all.options.flatMap(({ optionId }, option): string[] => {
      const member = all.members[option]?.[at] ?? null;
      if (member === null) return [];
      const { leadTimeDays, model } = member.plan;
      const { quality } = limits;
      const isLate = limits.leadTimeDays !== undefined && leadTimeDays.base > limits.leadTimeDays;
      if (isLate)
        return [
          `${optionId} takes ${grouped(leadTimeDays.base)} ${leadTimeDays.base === 1 ? 'day' : 'days'}`,
        ];
      if (quality === undefined) return [];
      const score = scoreOf(member, quality.metric, catalog);
      return [
        `${optionId} serves ${model.id}, ${score === null ? `which has no published ${quality.metric}` : `with ${score.toFixed(3)} on ${quality.metric}`}`,
      ];
    });
    return [`${scenario} is left without an option: ${reasons.join('; ')}`];
  });
  if (single.length > 0) return single;
  const { budgetUsdPerMonth, upfrontUsd } = limits;
  const money = [
    ...(budgetUsdPerMonth === undefined ? [] : [`${amountIn(currency, budgetUsdPerMonth)} a month`]),
    ...(upfrontUsd === undefined ? [] : [`${amountIn(currency, upfrontUsd)} at the start`]),
  ];
  return [
    `every scenario has an option, but none of their combinations costs at most ${money.join(' and ')}`,
  ];
}

function reasonsOf({ scenarios }: Comparison, scenario: string): string {
  const options = scenarios.find(({ id }) => id === scenario)?.options ?? [];
  return options.map(({ id, reasons }) => `${id}: ${reasons[0] ?? 'no reason'}`).join('; ');
}
