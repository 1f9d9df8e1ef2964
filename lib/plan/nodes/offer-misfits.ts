import type { Objectives } from '#lib/spec/schema/traffic';
import type { NodeOffering } from '#lib/targets/port/offering';
import type { Context } from '#lib/plan/plan-request';
import { staysWithin } from '#lib/plan/nodes/residency';

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

/** Prompts would leave where they must stay: where all that is offered stands, and which knob would keep them. */
export function notWithin(
  residency: Objectives['residency'],
  offered: readonly NodeOffering[],
  choice: Pick<Context, 'target' | 'knobs' | 'site' | 'market'>,
): string {
  const refused = `no offering of ${choice.target.id} keeps prompts in ${residency}`;
  if (residency === 'own-premises') return refused;
  const knob = areaKnob(residency, choice);
  const advice = knob === undefined ? '' : `; write \`${knob}: ${residency}\``;
  return `${refused}: it is in ${named(offered.map(({ region }) => region))}${advice}`;
}

/** The knob that says in which area the own site lies; none where the target's place is chosen otherwise. */
function areaKnob(
  residency: Objectives['residency'],
  { target, knobs, site, market }: Pick<Context, 'target' | 'knobs' | 'site' | 'market'>,
): string | undefined {
  return Object.keys(knobs).find((knob) => {
    const changed = target.knobs.safeParse({ ...knobs, [knob]: residency });
    if (!changed.success) return false;
    return target
      .offerings(changed.data, market)
      .some((one) => one.kind === 'node' && staysWithin(residency, one, site));
  });
}

function named(ids: readonly string[]): string {
  const distinct = [...new Set(ids)];
  const rest = distinct.length - NAMED;
  return `${distinct.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
