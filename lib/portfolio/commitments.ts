import type { PriceBook } from '#lib/catalog/prices';
import type { Candidates } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import type { OptionSite } from '#lib/portfolio/option-cost';
import type { CommitmentAdvice } from '#lib/portfolio/portfolio';
import { replicaGroups, type ReplicaGroup } from '#lib/portfolio/shared-fleet';
import { hoursPerMonth } from '#lib/plan/week';
import { HOURS_PER_MONTH, roundUsd } from '#lib/units/money';

/**
 * Where nodes can be paid by the hour or committed to: how many to commit to so that these, and the rest by the hours in
 * which the profile needs them, cost least. Only the nodes' own price is weighed.
 */
export function commitmentAdvice(
  { options }: Candidates,
  placed: readonly (readonly Member[])[],
  prices: PriceBook,
): CommitmentAdvice[] {
  return options.flatMap((option, index) => {
    const groups = replicaGroups(placed[index] ?? [], prices);
    const shapes = new Set(groups.map(({ offering }) => offering.shape));
    return [...shapes].flatMap((shape) =>
      adviceFor(
        option,
        shape,
        groups.filter(({ offering }) => offering.shape === shape),
      ),
    );
  });
}

function adviceFor(option: OptionSite, shape: string, groups: readonly ReplicaGroup[]): CommitmentAdvice[] {
  const terms = option.target.nodeTerms;
  const gpus = groups[0]?.offering.gpus;
  if (terms === undefined || gpus === undefined) return [];
  const hourly = hourlyPrice(option, shape, terms.knob, terms.hourly);
  if (hourly === null) return [];
  const nodes = nodesByHour(groups, gpus);
  const mostNodes = Math.max(...nodes);
  const ways = terms.committed.flatMap((term) => {
    const price = hourlyPrice(option, shape, terms.knob, term);
    return price === null ? [] : [{ term, ...cheapestBase(nodes, price, hourly) }];
  });
  const [first] = ways.toSorted((a, b) => a.mixedUsd - b.mixedUsd);
  if (first === undefined) return [];
  const hourlyUsd = mostNodes * HOURS_PER_MONTH * hourly;
  return [
    {
      option: option.optionId,
      shape,
      term: first.term,
      committedNodes: first.committedNodes,
      mostNodes,
      hourlyUsd: roundUsd(hourlyUsd),
      mixedUsd: roundUsd(first.mixedUsd),
    },
  ];
}

/** Base price of a node-hour on a term; `null` where it is not sold or has no price. */
function hourlyPrice({ target, knobs, market }: OptionSite, shape: string, knob: string, term: string) {
  const offering = target
    .offerings({ ...knobs, [knob]: term }, market)
    .find((one) => one.kind === 'node' && one.shape === shape);
  return offering?.kind === 'node' && offering.hourly.state === 'priced' ? offering.hourly.usd.base : null;
}

/** Nodes that each kind of hour needs, spares included. */
function nodesByHour(groups: readonly ReplicaGroup[], gpusPerNode: number): number[] {
  const kinds = groups[0]?.needs.length ?? 0;
  return Array.from({ length: kinds }, (_, kind) => {
    const gpus = groups.reduce((sum, { needs, spares, sizing, replicas }) => {
      const needed = Math.min(replicas.base, Math.max(1, Math.ceil((needs[kind] ?? 0) - 1e-9)) + spares);
      return sum + needed * sizing.gpusPerReplica;
    }, 0);
    return Math.ceil(gpus / gpusPerNode);
  });
}

/** The number of committed nodes at which they and the hours of the others cost least. */
export function cheapestBase(
  nodes: readonly number[],
  committedUsdPerHour: number,
  hourlyUsdPerHour: number,
): { readonly committedNodes: number; readonly mixedUsd: number } {
  const most = Math.max(...nodes);
  const costOf = (base: number) =>
    base * HOURS_PER_MONTH * committedUsdPerHour +
    nodes.reduce((usd, count, kind) => usd + hoursPerMonth(kind) * Math.max(0, count - base), 0) *
      hourlyUsdPerHour;
  let best = { committedNodes: 0, mixedUsd: costOf(0) };
  for (let base = 1; base <= most; base += 1) {
    const mixedUsd = costOf(base);
    if (mixedUsd < best.mixedUsd) best = { committedNodes: base, mixedUsd };
  }
  return best;
}
