import type { FabricPlan, SwitchCount } from '#lib/facility/facility';
import { column, type Section } from '#lib/report/document-model';
import { count } from '#lib/report/format';

const ROLES: Readonly<Record<SwitchCount['role'], string>> = {
  'compute-leaf': 'leaf',
  'compute-spine': 'spine',
  'compute-core': 'core',
  'front-end': 'front end',
  'out-of-band': 'out of band',
};

/** The networks: one sentence on how the GPUs are joined, then every kind of switch. */
export function fabricSections(fabric: FabricPlan): Section[] {
  return [
    { kind: 'lines', heading: 'Network', lines: [joined(fabric), ...counted(fabric)] },
    {
      kind: 'table',
      columns: [column('role'), column('switches', 'right'), column('switch')],
      rows: fabric.switches.map(({ role, switches, name }) => [ROLES[role], count(switches), name]),
    },
  ];
}

function joined({ tiers, rails, planes, linkGbps }: FabricPlan): string {
  if (tiers === null) return 'between GPUs: more ports than three tiers of this switch can join';
  if (tiers === 0) return 'between GPUs: none, one host holds them all';
  const ports = `${count(rails)} × ${count(linkGbps * planes)} Gb/s for each host${planes === 1 ? '' : ` in ${planes} planes`}`;
  if (tiers === 1) return `between GPUs: one switch a plane, ${ports}`;
  return `between GPUs: non-blocking fat tree of ${tiers} tiers, one leaf for each rail, ${ports}`;
}

function counted(fabric: FabricPlan): string[] {
  const { hostLinks, leafSpineLinks, spineCoreLinks, transceivers, fibres } = fabric;
  const between = [
    ...(leafSpineLinks === 0 ? [] : [`${count(leafSpineLinks)} leaf to spine`]),
    ...(spineCoreLinks === 0 ? [] : [`${count(spineCoreLinks)} spine to core`]),
  ];
  return [
    ...(hostLinks === 0
      ? []
      : [
          `links: ${[`${count(hostLinks)} host to leaf`, ...between].join(', ')}; ${count(transceivers)} transceivers, ${count(fibres)} fibres`,
        ]),
    `front end: ${count(fabric.frontEndCables)} cables of 200 Gb/s, two a host · out of band: ${count(fabric.outOfBandCables)} cables of 1 Gb/s`,
  ];
}
