import { laddersOf, slicesOf, type LadderStep } from '#lib/catalog/price-ladder';
import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { GB, GIB } from '#lib/units/bytes';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import type { Site } from '#lib/targets/port/site';
import type { PlacedFleet } from '#lib/targets/target';

/** Tiers of what leaves to the internet: a fact of one region that lists them, at each region's own prices. */
export function egressLadder(region: string, prices: PriceBook): readonly LadderStep[] {
  return laddersOf(prices)(awsOnDemand('data-transfer', 'internet out from 0 GB', region, 'GB'));
}

/** The key of the logs of a network: refused connections are kept encrypted. */
export function networkKey(region: string): Purchase {
  return {
    kind: 'recurring',
    key: 'network.logs-key',
    label: 'Key of the network logs',
    category: 'network',
    quantityPerMonth: 1,
    price: awsOnDemand('kms', 'Customer managed key', region, 'key-month'),
    basis: '1 key',
    resources: [ADDRESSES.network.vpc],
  };
}

/** NAT gateways and interface endpoints by the hour, the weights that come in through NAT, and the key of the logs. */
export function networkPurchases(site: Site, region: string, fleet: PlacedFleet): Purchase[] {
  const weightsGb = roundTo((fleet.weightsGib * GIB) / GB, 3);
  const endpointZones = site.interfaceEndpoints.length * Math.max(1, site.zones.length);
  const nat: Purchase[] =
    site.natGateways === 0
      ? []
      : [
          {
            kind: 'recurring',
            key: 'network.nat-gateway',
            label: 'NAT gateway',
            category: 'network',
            quantityPerMonth: site.natGateways * HOURS_PER_MONTH,
            price: awsOnDemand('vpc', 'NAT gateway', region, 'hour'),
            basis: `${site.natGateways} × ${HOURS_PER_MONTH} h`,
            resources: [ADDRESSES.network.natGateways],
          },
          {
            kind: 'recurring',
            key: 'network.public-addresses',
            label: 'Public IPv4 addresses',
            category: 'network',
            quantityPerMonth: site.natGateways * HOURS_PER_MONTH,
            price: awsOnDemand('vpc', 'Public IPv4 address', region, 'hour'),
            basis: `one for each NAT gateway: ${site.natGateways} × ${HOURS_PER_MONTH} h`,
            resources: [ADDRESSES.network.natGateways],
          },
          {
            kind: 'recurring',
            key: 'network.nat-data',
            label: 'Data through NAT',
            category: 'network',
            quantityPerMonth: weightsGb,
            follows: { by: 'nodes' },
            price: awsOnDemand('vpc', 'NAT gateway data processed', region, 'GB'),
            basis: `every copy of the weights fetched once a month: ${weightsGb} GB`,
            resources: [ADDRESSES.network.natGateways],
          },
        ];
  const endpoints: Purchase[] =
    endpointZones === 0
      ? []
      : [
          {
            kind: 'recurring',
            key: 'network.interface-endpoints',
            label: 'Interface endpoints',
            category: 'network',
            quantityPerMonth: endpointZones * HOURS_PER_MONTH,
            price: awsOnDemand('vpc', 'Interface endpoint', region, 'endpoint-AZ-hour'),
            basis: `${site.interfaceEndpoints.length} endpoints × ${site.zones.length} zones × ${HOURS_PER_MONTH} h`,
            resources: [ADDRESSES.network.interfaceEndpoints],
          },
        ];
  return [...nat, ...endpoints, networkKey(region)];
}

/** Answers that leave to callers, each tier at its own price. */
export function egressPurchases(region: string, egressGbPerMonth: number, prices: PriceBook): Purchase[] {
  if (egressGbPerMonth === 0) return [];
  return slicesOf(egressLadder(region, prices), egressGbPerMonth).map(
    ({ from, price, quantity }): Purchase => {
      const gb = roundTo(quantity, 6);
      return {
        kind: 'usage',
        key: `egress.from-${from}-gb`,
        label: `Answers to callers, from ${from} GB`,
        category: 'network',
        quantityPerMonth: gb,
        price,
        basis: `${gb} GB of the month's egress`,
        resources: [],
      };
    },
  );
}

/** Prompts and answers that cross zones on the way to a replica; billed in both directions. */
export function crossZonePurchases(
  site: Site,
  region: string,
  fleet: PlacedFleet,
  bytesPerToken: number,
): Purchase[] {
  const zones = Math.max(1, site.zones.length);
  const payloadGb = ((fleet.tokens.inputPerMonth + fleet.tokens.outputPerMonth) * bytesPerToken) / GB;
  const gb = roundTo((payloadGb * 2 * (zones - 1)) / zones, 6);
  if (gb <= 0) return [];
  return [
    {
      kind: 'usage',
      key: 'network.cross-zone',
      label: 'Traffic between zones',
      category: 'network',
      quantityPerMonth: gb,
      price: awsOnDemand('data-transfer', 'intra-region cross-AZ, per direction', region, 'GB'),
      basis: `${roundTo(payloadGb, 3)} GB × 2 directions × ${zones - 1} of ${zones} zones`,
      resources: [],
    },
  ];
}
