import type { Explanation } from '#lib/cost/explain/explain';
import type { Plan } from '#lib/plan/plan';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';

/** Node-hours that a fleet is paid for in a month, with the hours in which its replicas run. */
export function hoursNode(
  start: string,
  { nodePools, scaling, commitment }: Plan,
): [string, () => Explanation] {
  const path = `${start}.nodeHours`;
  const nodes = nodePools.reduce(
    (sum, { role, nodes: each }) => sum + (role === 'gpu' ? each.desired : 0),
    0,
  );
  const always = `${nodes} nodes × ${HOURS_PER_MONTH} h`;
  const term =
    commitment === undefined
      ? []
      : [
          { name: `committed, ${commitment.term}`, value: commitment.nodes, unit: 'nodes' },
          { name: 'unused of these', value: commitment.unusedShare, unit: 'share 0–1' },
        ];
  return [
    path,
    () => ({
      path,
      label: 'Node-hours in a month',
      value: scaling?.nodeHoursPerMonth.base ?? nodes * HOURS_PER_MONTH,
      unit: 'h/month',
      formula:
        scaling === undefined ? always : `${always} × ${roundTo(scaling.paidShare, 4)} (${scaling.policy})`,
      inputs: [
        ...(scaling === undefined
          ? []
          : [
              { name: 'cold start', value: scaling.coldStartSeconds, unit: 's' },
              { name: 'cooldown', value: scaling.cooldownSeconds, unit: 's' },
              { name: 'until an emptied node goes', value: scaling.releaseSeconds, unit: 's' },
              { name: 'requests that wait for a start', value: scaling.lateShare, unit: 'share 0–1' },
            ]),
        ...term,
      ],
      source: null,
      children: [],
      ...(scaling === undefined ? {} : { byHour: scaling.replicasByHour }),
    }),
  ];
}
