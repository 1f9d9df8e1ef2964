import type { Catalog } from '#lib/catalog/catalog';
import type { ServerFabric } from '#lib/catalog/instances';
import type { SwitchShape } from '#lib/catalog/site-equipment';
import { fatTree, type FatTree } from '#lib/facility/fat-tree';

/** Front-end network: two ports of 200 Gb/s of every host, each to another switch (HGX enterprise architecture). */
const FRONT_END = { switch: 'spectrum-4-sn5600', linkGbps: 200, sides: 2 } as const;
/** Out-of-band network: one port of every management controller, switch and power strip. */
const OUT_OF_BAND = { switch: 'spectrum-sn2201', stripsPerRack: 2 } as const;

/** The network between GPUs, with what is plugged into it. */
export interface ComputeFabric extends FatTree {
  readonly switchShape: SwitchShape;
  readonly transceivers: number;
  readonly fibres: number;
}

/** Two switches side by side, each with every host, and spines above where they are more than a pair. */
export interface EthernetNetwork {
  readonly switchShape: SwitchShape;
  readonly ports: number;
  readonly leaves: number;
  readonly spines: number;
  readonly switches: number;
  readonly cables: number;
}

export interface Networks {
  /** `null` where the ports are more than three tiers can join. */
  readonly compute: ComputeFabric | null;
  readonly frontEnd: EthernetNetwork;
  readonly outOfBand: EthernetNetwork;
}

export interface NetworkDemand {
  readonly servers: number;
  readonly fabric: ServerFabric;
  readonly cpuHosts: number;
  readonly gpuRacks: number;
}

export function networksOf(demand: NetworkDemand, catalog: Catalog): Networks {
  const { servers, fabric, cpuHosts, gpuRacks } = demand;
  const compute = computeFabric(servers, fabric, switchOf(catalog, fabric.switch));
  const hosts = servers * fabric.hosts + cpuHosts;
  const frontEnd = frontEndNetwork(hosts, switchOf(catalog, FRONT_END.switch));
  const managed = hosts + gpuRacks * OUT_OF_BAND.stripsPerRack + (compute?.switches ?? 0) + frontEnd.switches;
  return { compute, frontEnd, outOfBand: outOfBandNetwork(managed, switchOf(catalog, OUT_OF_BAND.switch)) };
}

function computeFabric(servers: number, fabric: ServerFabric, shape: SwitchShape): ComputeFabric | null {
  const { rails, planes, linkGbps, portsPerCage } = fabric;
  const hosts = servers * fabric.hosts;
  const tree = fatTree({ hosts, rails, planes, radix: radixOf(shape, linkGbps) });
  if (tree === null) return null;
  const linksPerCage = (shape.portsPerCage * shape.portGbps) / linkGbps;
  const betweenSwitches = tree.leafSpineLinks + tree.spineCoreLinks;
  const hostEnds = (tree.hostLinks === 0 ? 0 : hosts) * Math.ceil((rails * planes) / portsPerCage);
  const switchEnds = Math.ceil(tree.hostLinks / linksPerCage) + 2 * Math.ceil(betweenSwitches / linksPerCage);
  return {
    ...tree,
    switchShape: shape,
    transceivers: hostEnds + switchEnds,
    fibres: tree.hostLinks + betweenSwitches,
  };
}

/** Ports at the speed of the link: a 64 × 800 Gb/s switch has 128 of 400 Gb/s. */
function radixOf({ ports, portGbps }: SwitchShape, linkGbps: number): number {
  return Math.floor((ports * portGbps) / linkGbps);
}

function frontEndNetwork(hosts: number, switchShape: SwitchShape): EthernetNetwork {
  const { linkGbps, sides } = FRONT_END;
  const radix = radixOf(switchShape, linkGbps);
  const single = hosts <= radix;
  const leavesPerSide = single ? 1 : Math.ceil(hosts / (radix / 2));
  const leaves = leavesPerSide * sides;
  const spines = single ? 0 : Math.max(2, Math.ceil(leaves / 2));
  return {
    switchShape,
    ports: hosts * sides,
    leaves,
    spines,
    switches: leaves + spines,
    cables: hosts * sides + (single ? 0 : leaves * (radix / 2)),
  };
}

function outOfBandNetwork(ports: number, switchShape: SwitchShape): EthernetNetwork {
  const leaves = Math.ceil(ports / switchShape.ports);
  // The uplinks of the leaves go to the front-end network.
  return { switchShape, ports, leaves, spines: 0, switches: leaves, cables: ports + leaves };
}

function switchOf(catalog: Catalog, id: string): SwitchShape {
  const shape = catalog.switches().get(id);
  if (shape === undefined) throw new Error(`no switch ${id}`);
  return shape;
}
