import type { PriceBook } from '#lib/catalog/prices';
import { schedule, type Schedule, type Step } from '#lib/facility/critical-path';
import type { Premises } from '#lib/targets/port/premises';
import { scaleBand } from '#lib/units/band';

/** Racks that one installation crew sets up in the assumed time. */
const RACKS_AT_ONCE = 8;

export interface Work {
  readonly premises: Premises;
  readonly racks: number;
  readonly hasFabric: boolean;
  /** False where the provider installs and tests. */
  readonly installs: boolean;
}

/** From the decision to the first request: what is ordered at once, what waits for what. */
export function leadTime({ premises, racks, hasFabric, installs }: Work, prices: PriceBook): Schedule {
  const days = (id: string) => {
    const { low, base, high } = prices.assumption(id);
    return { low, base, high };
  };
  const preparation = premises.preparation.map(({ id, label, assumption }, index, all): Step => ({
    id,
    label,
    days: days(assumption),
    after: all.slice(Math.max(0, index - 1), index).map((before) => before.id),
  }));
  const servers: Step = {
    id: 'servers',
    label: 'Delivery of the machines',
    days: days(premises.delivery),
    after: [],
  };
  const cluster = (after: string): Step => ({
    id: 'cluster',
    label: 'Cluster, weights, first request',
    days: days('lead-time.step.cluster.days'),
    after: [after],
  });
  if (!installs) return schedule([...preparation, servers, cluster('servers')]);
  const goods: Step[] = [
    servers,
    ...(hasFabric
      ? [
          {
            id: 'fabric',
            label: 'Delivery of switches and optics',
            days: days('lead-time.step.fabric.days'),
            after: [],
          },
        ]
      : []),
    {
      id: 'hosts',
      label: 'Delivery of CPU hosts, storage',
      days: days('lead-time.step.hosts.days'),
      after: [],
    },
  ];
  const ready = preparation.slice(-1).map(({ id }) => id);
  return schedule([
    ...preparation,
    ...goods,
    {
      id: 'installation',
      label: 'Racking and cabling',
      days: scaleBand(
        days('lead-time.step.installation.days'),
        Math.max(1, Math.sqrt(racks / RACKS_AT_ONCE)),
      ),
      after: [...ready, ...goods.map(({ id }) => id)],
    },
    {
      id: 'acceptance',
      label: 'Burn-in and acceptance',
      days: days('lead-time.step.acceptance.days'),
      after: ['installation'],
    },
    cluster('acceptance'),
  ]);
}
