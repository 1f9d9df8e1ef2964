import type { PriceBook } from '#lib/catalog/prices';
import type { SparePart } from '#lib/facility/facility';
import { expectedFailures, sparesFor } from '#lib/facility/spares';
import { mapBand, type Band } from '#lib/units/band';
import { roundTo } from '#lib/units/money';

export interface Installed {
  readonly servers: number;
  /** Hosts that can be exchanged of one server: 1, or the compute trays of a rack-scale system. */
  readonly traysPerServer: number;
  readonly linkSwitchTrays: number;
  readonly gpus: number;
  /** Links of the network between GPUs. */
  readonly links: number;
  readonly switches: number;
}

/**
 * Spares for what fails while a used one is on order. A failed GPU takes out the server that is exchanged for it; of a
 * rack-scale system its compute tray, and not the rack.
 */
export function spareParts(
  { servers, traysPerServer, linkSwitchTrays, gpus, links, switches }: Installed,
  prices: PriceBook,
): SparePart[] {
  const days = prices.assumption('spares.replenishment-days').base;
  const share = prices.assumption('spares.service-share').base;
  const part = (name: SparePart['part'], units: number, exposed: number, rate: string): SparePart => {
    const { low, base, high } = prices.assumption(rate);
    const failures: Band = mapBand({ low, base, high }, (perYear) =>
      expectedFailures(exposed, perYear, days),
    );
    return {
      part: name,
      units,
      expectedFailures: mapBand(failures, (value) => roundTo(value, 4)),
      spares: mapBand(failures, (expected) => Math.min(units, sparesFor(expected, share))),
    };
  };
  return [
    traysPerServer === 1
      ? part('servers', servers, gpus, 'gpu.failure-share-per-year')
      : part('compute-trays', servers * traysPerServer, gpus, 'gpu.failure-share-per-year'),
    ...(linkSwitchTrays === 0
      ? []
      : [part('link-switch-trays', linkSwitchTrays, linkSwitchTrays, 'switch.failure-share-per-year')]),
    ...(links === 0 ? [] : [part('links', links, gpus, 'fabric.failure-share-per-gpu-year')]),
    part('switches', switches, switches, 'switch.failure-share-per-year'),
  ];
}
