import type { Catalog } from '#lib/catalog/catalog';
import type { BusiestMinute } from '#lib/plan/demand';
import type { Plan } from '#lib/plan/plan';

/** A Kubernetes object of a deployment, as far as its requirements can be read from it. */
export interface DeployedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** A chart that an earlier step of the deployment installs. */
export interface DeployedChart {
  readonly release: string;
  readonly version: string;
}

/** What an option deploys for a scenario, with what its plan does not say. */
export interface Deployment {
  readonly plan: Plan;
  readonly provisioner: 'cdk' | 'terraform';
  readonly peak: BusiestMinute;
  /** Objects that go to its cluster; none where it has none. */
  readonly objects: readonly DeployedObject[];
  /** Charts whose definitions these need. */
  readonly charts: readonly DeployedChart[];
}

/** What this package was built and tested with, as its `package.json` says. */
export interface Versions {
  /** `>=20.19`. */
  readonly node: string;
  /** Of libraries, exactly. */
  readonly peers: Readonly<Record<string, string>>;
  /** Of the CDK's command line. */
  readonly cdkCli: string;
}

export interface PreflightRequest {
  readonly environment: string;
  readonly deployments: readonly Deployment[];
  readonly catalog: Pick<Catalog, 'serviceQuotas' | 'licenceTerms' | 'models' | 'nodeSizes' | 'instances'>;
  readonly versions: Versions;
}

/** Regions of AWS that a deployment of the CDK goes to, each once. */
export function regionsOf(deployments: readonly Deployment[]): string[] {
  const regions = deployments.flatMap(({ plan, provisioner }) =>
    provisioner === 'cdk' && plan.network.region !== null ? [plan.network.region] : [],
  );
  return [...new Set(regions)].toSorted();
}
