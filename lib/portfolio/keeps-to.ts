import type { Catalog } from '#lib/catalog/catalog';
import { meetsFloor } from '#lib/plan/models/quality-metric';
import type { Member } from '#lib/portfolio/member';
import { scoreOf } from '#lib/portfolio/score';
import type { PortfolioLimits } from '#lib/spec/schema/portfolio';

/** Whether a member keeps to the limits that concern each one alone: lead time and quality. */
export function keepsTo(
  member: Pick<Member, 'plan' | 'scenario'>,
  limits: PortfolioLimits,
  catalog: Catalog,
): boolean {
  const { leadTimeDays, quality } = limits;
  const { plan } = member;
  if (leadTimeDays !== undefined && plan.leadTimeDays.base > leadTimeDays) return false;
  if (quality === undefined) return true;
  const score = scoreOf(member, quality.metric, catalog);
  return score !== null && meetsFloor(score, quality.floor);
}
