import type { PhysicalPlan } from '#lib/facility/facility';
import type { Plan } from '#lib/plan/plan';
import { LAYERS, type Operates } from '#lib/targets/target';
import { grouped } from '#lib/units/grouped';
import { roundTo } from '#lib/units/money';

/** What a provider answers for, layer by layer, as the target says it. */
export function providerSentences(operates: Operates, plan: Plan): string[] {
  const theirs = LAYERS.filter((layer) => operates[layer] === 'provider');
  if (theirs.length === 0) return [];
  const pool = plan.nodePools.find(({ role }) => role === 'gpu');
  const sentences = [`the provider operates ${theirs.join(', ')}`];
  if (operates.hardware === 'provider' && pool !== undefined) {
    sentences.push(
      `it brings ${grouped(pool.nodes.desired)} × ${pool.shape} with their racks, power, cooling, network and spares`,
      'ask it for the network between servers (rails, oversubscription), the exchange of failed parts, and the power per rack',
    );
  }
  if (operates.facility === 'provider' && operates.hardware === 'you') {
    sentences.push(
      'it brings space, power up to the rack, cooling and uninterruptible supply; racks and what is in them are yours',
    );
  }
  return sentences;
}

/** Assumed or risky, and where this plan counts otherwise than the bill. */
export function physicalNotes({ racks, power, fabric, servers }: PhysicalPlan): string[] {
  const unbilledKw = power.itKw - power.serversKw;
  const notes = [
    `the bill counts energy and space of the servers, ${roundTo(power.serversKw, 1)} kW; switches and CPU hosts add ${roundTo(unbilledKw, 1)} kW (${Math.round((unbilledKw / power.serversKw) * 100)} %)`,
  ];
  if (servers.kgPerServer === null)
    notes.push(`no source gives the weight of ${servers.name}: it does not limit the racks`);
  if (fabric.tiers === null)
    notes.push(
      'the ports are more than three tiers of this switch can join: the network between GPUs is not counted',
    );
  if (fabric.idleForServing) {
    notes.push(
      'no replica spans servers: the network between GPUs is idle while this model is served, and may be left out until one does or one trains',
    );
  }
  if (power.feeds === null) notes.push('no rated circuit is known for this grid: the feeds are not counted');
  if (racks.cooling !== 'air')
    notes.push(
      `racks of ${roundTo(racks.kwPerRack, 1)} kW need ${racks.cooling === 'liquid' ? 'liquid cooling at the chips' : 'rear-door exchangers'}`,
    );
  return notes;
}
