import type { ServiceQuota } from '#lib/catalog/service-quotas';
import type { Deployment, PreflightRequest } from '#lib/preflight/deployment';
import { quotaNeed, type QuotaNeed } from '#lib/preflight/checks/quotas';

type Facts = PreflightRequest['catalog'];

/** What the deployments of the CDK take of quotas, at their largest. */
export function quotaNeeds({ deployments, catalog }: PreflightRequest): QuotaNeed[] {
  return deployments.flatMap((deployment) => {
    const { region } = deployment.plan.network;
    if (deployment.provisioner !== 'cdk' || region === null) return [];
    return [
      ...instanceNeeds(deployment, region, catalog),
      ...networkNeeds(deployment, region, catalog),
      ...modelNeeds(deployment, region, catalog),
    ];
  });
}

/** vCPUs of nodes by the letters of their family; instances of an endpoint by their type. */
function instanceNeeds(deployment: Deployment, region: string, catalog: Facts): QuotaNeed[] {
  return deployment.plan.nodePools.flatMap(({ shape, nodes, purchase }): QuotaNeed[] => {
    if (shape.startsWith('ml.')) {
      const quota = rowOf(catalog, 'sagemaker-endpoint-instances');
      return [quotaNeed(quota, deployment, { region, of: shape, need: nodes.max })];
    }
    // What is bought as a block comes with its capacity.
    if (purchase === 'capacity-block') return [];
    const family = /^[a-z]+/.exec(shape)?.[0] ?? '';
    const kind = purchase === 'spot' ? 'spot' : 'on-demand';
    const quota = catalog
      .serviceQuotas()
      .find((row) => row.purchase === kind && row.families?.includes(family) === true);
    const vcpus = catalog.nodeSizes().get(shape)?.vcpus ?? catalog.instances.get(shape)?.vcpus;
    if (quota === undefined || vcpus === undefined) return [];
    const inUse = { of: 'vcpus', families: quota.families ?? [], purchase: kind } as const;
    return [quotaNeed(quota, deployment, { region, need: nodes.max * vcpus, inUse })];
  });
}

function networkNeeds(deployment: Deployment, region: string, catalog: Facts): QuotaNeed[] {
  const { network, cluster } = deployment.plan;
  const { natGateways, zones, vpcCidr } = network;
  if (vpcCidr === null || (cluster === null && natGateways === 0)) return [];
  const need = (id: string, amount: number, inUse: QuotaNeed['inUse']) =>
    quotaNeed(rowOf(catalog, id), deployment, {
      region,
      need: amount,
      ...(inUse === undefined ? {} : { inUse }),
    });
  return [
    need('vpc-vpcs', 1, { of: 'vpcs' }),
    ...(natGateways === 0
      ? []
      : [
          need('ec2-elastic-addresses', natGateways, { of: 'addresses' }),
          need('vpc-nat-gateways', 1, { of: 'nat-gateways', zones: zones.slice(0, natGateways) }),
        ]),
  ];
}

/** Requests and tokens of the busiest minute. */
function modelNeeds(deployment: Deployment, region: string, catalog: Facts): QuotaNeed[] {
  const { plan, peak } = deployment;
  const { managed } = plan;
  if (managed === null) return [];
  const { modelId, profile } = managed;
  const tokens = rowOf(catalog, `bedrock-tokens-${profile}`);
  const weights = Object.entries(tokens.outputWeights ?? {});
  const weight = weights.find(([beginning]) => modelId.startsWith(beginning))?.[1] ?? 1;
  const { requestsPerMinute, inputTokensPerMinute, outputTokensPerMinute } = peak;
  return [
    quotaNeed(tokens, deployment, {
      region,
      of: modelId,
      need: inputTokensPerMinute + weight * outputTokensPerMinute,
    }),
    quotaNeed(rowOf(catalog, `bedrock-requests-${profile}`), deployment, {
      region,
      of: modelId,
      need: requestsPerMinute,
    }),
  ];
}

function rowOf(catalog: Facts, id: string): ServiceQuota {
  const row = catalog.serviceQuotas().find((each) => each.id === id);
  if (row === undefined) throw new Error(`the catalog has no quota ${id}`);
  return row;
}
