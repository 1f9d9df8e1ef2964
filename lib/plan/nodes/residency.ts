import type { Objectives } from '#lib/spec/schema/traffic';
import type { CopyOffering, NodeOffering, TokenOffering, UnitOffering } from '#lib/targets/port/offering';
import { areaOf, type Site } from '#lib/targets/port/site';

/** Whether prompts stay where the objective wants them. A global profile may answer from anywhere. */
export function staysWithin(
  residency: Objectives['residency'],
  offering:
    | Pick<NodeOffering | CopyOffering | UnitOffering, 'kind' | 'region'>
    | Pick<TokenOffering, 'kind' | 'region' | 'profile'>,
  site: Site,
): boolean {
  if (residency === 'anywhere') return true;
  if (residency === 'own-premises') return site.ownPremises;
  if (offering.kind === 'token' && offering.profile === 'global') return false;
  return areaOf(offering.region) === residency;
}
