/** A Kubernetes object as the API takes it: camelCase, no back end's types. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** A Helm chart at a pinned version. */
export interface HelmChart {
  readonly release: string;
  readonly chart: string;
  /** `https://…`, or `oci://…` without the chart's own name. */
  readonly repository: string;
  readonly version: string;
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  /** Images, or registries, that the chart names by default, by the path of the value. @default - a mirror is set elsewhere */
  readonly images?: Readonly<Record<string, string>>;
}

/** Charts of an OCI registry are named by one address, registry and chart. */
export function ociAddress({ repository, chart }: HelmChart): string | null {
  return repository.startsWith('oci://') ? `${repository}/${chart}` : null;
}

/**
 * Where objects go. Three adapters implement it: Terraform (`constructs/terraform`), EKS under the CDK
 * (`constructs/aws/eks`), and plain YAML for GitOps. Objects are applied in the order in which they are given.
 */
export interface KubernetesCluster {
  apply(object: KubernetesObject): void;
  install(chart: HelmChart): void;
}
