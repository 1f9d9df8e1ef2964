import type { Objectives } from '#lib/spec/traffic';
import type { NodeOffering } from '#lib/targets/offering';
import type { Context } from '#lib/plan/plan-request';

type Choice = Pick<Context, 'target' | 'knobs' | 'site' | 'market' | 'catalog'>;

/** Regions or accelerators that a reason names. */
const NAMED = 5;

/** A type of node is not sold everywhere: where the same choice finds one, or which knob leaves none. */
export function notOffered({ target, knobs, site, market, catalog }: Choice): string {
  const here = `${target.id} offers no such node${site.region === null ? '' : ` in ${site.region}`}`;
  const nodesOf = (changed: Readonly<Record<string, unknown>>) =>
    target.offerings({ ...knobs, ...changed }, market).filter((one) => one.kind === 'node');
  const elsewhere = target.regions(catalog).filter((region) => nodesOf({ region }).length > 0);
  if (elsewhere.length > 0) return `${here}; it does in ${named(elsewhere)}`;
  for (const [knob, value] of Object.entries(knobs)) {
    if (typeof value !== 'string') continue;
    const without = nodesOf({ [knob]: undefined }).map(({ accelerator }) => accelerator);
    if (without.length > 0) return `${here} with \`${knob}: ${value}\`; without it, ${named(without)}`;
  }
  return here;
}

/** Prompts would leave where they must stay: where all that is offered stands. */
export function notWithin(
  residency: Objectives['residency'],
  offered: readonly NodeOffering[],
  { target }: Pick<Context, 'target'>,
): string {
  const refused = `no offering of ${target.id} keeps prompts in ${residency}`;
  return residency === 'own-premises'
    ? refused
    : `${refused}: it is in ${named(offered.map(({ region }) => region))}`;
}

function named(ids: readonly string[]): string {
  const distinct = [...new Set(ids)];
  const rest = distinct.length - NAMED;
  return `${distinct.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
