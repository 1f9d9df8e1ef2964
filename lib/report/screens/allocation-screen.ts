import type { NodeAllocation, WorkloadShare } from '#lib/cost/estimate';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, quantity, usd } from '#lib/report/format';

const COLUMNS = [
  column('workload'),
  column('namespace', 'left', 2),
  column('pods', 'right'),
  column('accelerators', 'right', 1),
  column('CPUs', 'right', 4),
  column('GiB', 'right', 5),
  column('nodes', 'right'),
  column('by', 'left', 3),
  column('USD/month', 'right'),
  column('of', 'left', 6),
  column('key', 'left', 7),
];

/** Rows that a screen shows; the document has all. */
const MOST_ROWS = 100;

/** How the pods share the nodes: parts of lines above, never amounts on top of them. */
export function allocationSections(allocation: NodeAllocation | undefined): Screen {
  if (allocation === undefined) return [];
  const { pools, workloads } = allocation;
  const shown = workloads.toSorted((a, b) => (b.monthlyUsd ?? -1) - (a.monthlyUsd ?? -1)).slice(0, MOST_ROWS);
  return [
    {
      kind: 'lines',
      heading: 'Shares of the nodes, by requests (parts of the lines above)',
      lines: [
        ...pools.map(
          ({ key, instanceType, nodes, takenNodes, monthlyUsd, allocatedUsd, idleUsd }) =>
            `${key}: pods take ${quantity(takenNodes)} of ${count(nodes)} × ${instanceType} · ${usd(allocatedUsd)} of ${usd(monthlyUsd)} USD/month, ${usd(idleUsd)} idle`,
        ),
        ...(shown.length < workloads.length
          ? [`the ${MOST_ROWS} largest of ${count(workloads.length)}`]
          : []),
      ],
    },
    ...unlessEmpty({ kind: 'table', columns: COLUMNS, rows: shown.map(cells) }),
    ...unlessEmpty({
      kind: 'lines',
      lines: [
        ...new Set(
          shown.filter(({ why }) => why !== '').map(({ kind, name, why }) => `${kind}/${name}: ${why}`),
        ),
      ],
    }),
  ];
}

function cells(share: WorkloadShare): string[] {
  const { kind, namespace, name, pods, perPod, pool, nodes, by, monthlyUsd, key } = share;
  const range = pods.low === pods.high ? '' : ` (${count(pods.low)}–${count(pods.high)})`;
  const all = (each: number | undefined) => (each === undefined ? ABSENT : quantity(each * pods.base));
  return [
    `${kind}/${name}`,
    namespace ?? ABSENT,
    `${count(pods.base)}${range}`,
    all(perPod?.accelerators),
    all(perPod?.cpus),
    all(perPod?.memoryGib),
    nodes === null ? ABSENT : quantity(nodes),
    by ?? ABSENT,
    usd(monthlyUsd),
    pool ?? ABSENT,
    key,
  ];
}
