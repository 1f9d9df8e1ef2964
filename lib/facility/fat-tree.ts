/** Ports that a network must join: `hosts` × `rails` × `planes` of them. */
export interface FabricDemand {
  readonly hosts: number;
  readonly rails: number;
  readonly planes: number;
  /** Ports of one switch at the speed of a link. */
  readonly radix: number;
}

/** Switches and links of a non-blocking network, all planes together. */
export interface FatTree extends FabricDemand {
  /** 0 for a single host, which needs none; 1 where one switch joins every port of a plane. */
  readonly tiers: 0 | 1 | 2 | 3;
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
  readonly hostLinks: number;
  readonly leafSpineLinks: number;
  readonly spineCoreLinks: number;
  readonly switches: number;
}

/**
 * A rail-optimised fat tree without oversubscription. Rail r of every host goes to the leaf of that rail, half of whose
 * ports face down. Spines: half the leaves, rounded up to a divisor of a leaf's uplinks, so that every leaf has the
 * same number of links to each spine. Beyond as many leaves as a spine has ports a third tier joins the spines. `null`
 * beyond radix³ ÷ 4 ports, which three tiers cannot join.
 *
 * The counts are those of NVIDIA's DGX SuperPOD reference architectures (test/anchors/superpod-fabric.test.ts).
 */
export function fatTree(demand: FabricDemand): FatTree | null {
  const { hosts, rails, planes, radix } = demand;
  if (hosts <= 1) return treeOf(demand, 0, { leaves: 0, spines: 0, cores: 0 });
  if (hosts * rails <= radix) return treeOf(demand, 1, { leaves: planes, spines: 0, cores: 0 });
  const half = radix / 2;
  const leaves = rails * Math.ceil(hosts / half);
  if (leaves <= radix) {
    const spines = evenSpines(leaves, half);
    return treeOf(demand, 2, { leaves: leaves * planes, spines: spines * planes, cores: 0 });
  }
  if (leaves * half > radix ** 3 / 4) return null;
  const cores = Math.ceil(leaves / 2);
  return treeOf(demand, 3, { leaves: leaves * planes, spines: leaves * planes, cores: cores * planes });
}

function treeOf(
  demand: FabricDemand,
  tiers: FatTree['tiers'],
  count: Pick<FatTree, 'leaves' | 'spines' | 'cores'>,
): FatTree {
  const { hosts, rails, planes, radix } = demand;
  return {
    ...demand,
    tiers,
    ...count,
    hostLinks: tiers === 0 ? 0 : hosts * rails * planes,
    leafSpineLinks: tiers < 2 ? 0 : count.leaves * (radix / 2),
    spineCoreLinks: tiers < 3 ? 0 : count.spines * (radix / 2),
    switches: count.leaves + count.spines + count.cores,
  };
}

/** The smallest divisor of a leaf's uplinks that is at least half the leaves. */
function evenSpines(leaves: number, uplinks: number): number {
  let spines = Math.ceil(leaves / 2);
  while (uplinks % spines !== 0) spines += 1;
  return spines;
}

/** Where a port of a host is plugged in. All count from 0. */
export interface LeafPort {
  readonly leaf: number;
  readonly port: number;
}

/** The leaf and its port for one rail of one host in one plane: the cabling plan as a rule. */
export function leafPort(tree: FatTree, host: number, rail: number, plane: number): LeafPort {
  if (tree.tiers < 2) return { leaf: plane, port: host * tree.rails + rail };
  const half = tree.radix / 2;
  const leavesPerPlane = tree.leaves / tree.planes;
  return {
    leaf: plane * leavesPerPlane + Math.floor(host / half) * tree.rails + rail,
    port: host % half,
  };
}
