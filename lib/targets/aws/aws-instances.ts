import { AWS_SELLERS, awsSeller } from '#lib/catalog/aws-sellers';
import type { EfaLayout, InstanceShape } from '#lib/catalog/instances';
import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { NodeOffering } from '#lib/targets/port/offering';

/** Name under which AWS's device plugin announces network cards with EFA. */
const EFA_RESOURCE = 'vpc.amazonaws.com/efa';

/** Regions in which AWS lists a price. */
export function awsRegions(catalog: Catalog): string[] {
  const regions = AWS_SELLERS.flatMap((seller) => catalog.pricedRegions(seller));
  return [...new Set(regions)].filter((region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)).toSorted();
}

/** Instance types with accelerators, or the one that is pinned (by its EC2 or its SageMaker name). */
export function acceleratorInstances(catalog: Catalog, pinned: string | undefined): InstanceShape[] {
  return [...catalog.instances.values()].filter(
    ({ accelerator, id, sagemaker }) =>
      accelerator !== null && (pinned === undefined || pinned === id || pinned === sagemaker),
  );
}

/** Whether a service lists a type in a region. What has no row there is not sold there. */
export function isListed(
  prices: PriceBook,
  { service, sku, region, term }: Omit<PriceReference, 'seller' | 'unit'>,
): boolean {
  return prices.listed({ seller: awsSeller(region), service, sku, region, term }).length > 0;
}

function efaFabric({ gbps, interfaces }: EfaLayout) {
  return { kind: 'efa', gbps, claim: { resource: EFA_RESOURCE, devices: interfaces } } as const;
}

/** What an offering takes over from the instance shape. */
export function nodeShape(instance: InstanceShape, accelerator: string) {
  return {
    kind: 'node',
    accelerator,
    gpus: instance.gpus,
    vcpus: instance.vcpus,
    memoryGib: instance.memoryGib,
    localDiskGb: instance.localDiskGb,
    ...(instance.efa === null ? {} : { fabric: efaFabric(instance.efa) }),
    minimumNodes: 1,
  } as const satisfies Partial<NodeOffering>;
}
