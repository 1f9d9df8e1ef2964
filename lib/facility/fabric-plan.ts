import type { FabricPlan, SwitchCount } from '#lib/facility/facility';
import type { EthernetNetwork, Networks } from '#lib/facility/networks';
import type { ServerFabric } from '#lib/catalog/instances';
import type { SwitchShape } from '#lib/catalog/site-equipment';

/** The three networks of a site as a plan shows them. */
export function fabricPlan(networks: Networks, fabric: ServerFabric, idleForServing: boolean): FabricPlan {
  const { compute, frontEnd, outOfBand } = networks;
  return {
    tiers: compute?.tiers ?? null,
    rails: fabric.rails,
    planes: fabric.planes,
    radix: compute?.radix ?? 0,
    linkGbps: fabric.linkGbps,
    hostLinks: compute?.hostLinks ?? 0,
    leafSpineLinks: compute?.leafSpineLinks ?? 0,
    spineCoreLinks: compute?.spineCoreLinks ?? 0,
    transceivers: compute?.transceivers ?? 0,
    fibres: compute?.fibres ?? 0,
    switches: switchCounts(networks),
    frontEndCables: frontEnd.cables,
    outOfBandCables: outOfBand.cables,
    idleForServing: idleForServing && (compute?.switches ?? 0) > 0,
  };
}

function switchCounts({ compute, frontEnd, outOfBand }: Networks): SwitchCount[] {
  const counted = (role: SwitchCount['role'], { id, name }: SwitchShape, switches: number): SwitchCount[] =>
    switches === 0 ? [] : [{ role, shape: id, name, switches }];
  const whole = (role: SwitchCount['role'], network: EthernetNetwork) =>
    counted(role, network.switchShape, network.switches);
  return [
    ...(compute === null
      ? []
      : [
          ...counted('compute-leaf', compute.switchShape, compute.leaves),
          ...counted('compute-spine', compute.switchShape, compute.spines),
          ...counted('compute-core', compute.switchShape, compute.cores),
        ]),
    ...whole('front-end', frontEnd),
    ...whole('out-of-band', outOfBand),
  ];
}
