import { engines } from '#lib/engines/index';
import type { Engine } from '#lib/engines/engine';
import { assumedFabric } from '#lib/plan/nodes/node-fabric';
import { place } from '#lib/plan/nodes/place';
import type { Context } from '#lib/plan/plan-request';
import type { Sized } from '#lib/plan/nodes/sized';

/**
 * How many accelerators fewer a fleet would take whose engine had the libraries of the network between its nodes, and which
 * engines have them. Nothing where it has them, or where they would save none.
 */
export function unusedFabricNotes(
  { demand, placement: { nodes, offering } }: Sized,
  engine: Engine,
  { sizer, prices, target }: Pick<Context, 'sizer' | 'prices' | 'target'>,
): string[] {
  const { fabric } = offering;
  // Only groups of latent attention take a replica over nodes for speed; others take as many nodes as hold them.
  if (fabric?.gbps === undefined || demand.fabric !== undefined || demand.model.mla === null) return [];
  const joined = sizer.search({ ...demand, fabric: assumedFabric(fabric.gbps, prices) });
  if (!joined.fits) return [];
  const [taken, joinedNodes] = [nodes.base, place(joined, offering).nodes.base];
  if (joinedNodes >= taken) return [];
  const others = engines.entries.filter(
    (other) =>
      other.id !== engine.id && target.engines.includes(other.id) && other.fabrics({}).includes(fabric.kind),
  );
  const way = others.length === 0 ? '' : `, as ${others.map(({ title }) => title).join(' or ')} runs from`;
  return [
    `replicas stay within a node, since no image of ${engine.title} at this tag has the libraries of ${fabric.kind.toUpperCase()}: ${taken * offering.gpus} × ${offering.accelerator} where groups over nodes would take ${joinedNodes * offering.gpus}; an image that has them lifts it${way}`,
  ];
}
