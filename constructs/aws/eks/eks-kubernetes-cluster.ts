import { aws_eks_v2 as eks, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  ociAddress,
  type HelmChart,
  type KubernetesCluster,
  type KubernetesObject,
} from '#constructs/kubernetes/kubernetes-object';

/** Kinds whose construct id is their bare name, because a bill names them by it. */
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'LeaderWorkerSet']);

/** Objects and charts on EKS by CloudFormation, each after the one before it. */
export class EksKubernetesCluster implements KubernetesCluster {
  private readonly scope: Construct;
  private readonly cluster: eks.ICluster;
  private last: Construct | null = null;

  public constructor(scope: Construct, cluster: eks.ICluster) {
    this.scope = scope;
    this.cluster = cluster;
  }

  public apply(object: KubernetesObject): void {
    this.follow(
      new eks.KubernetesManifest(this.scope, constructId(object), {
        cluster: this.cluster,
        manifest: [{ ...object }],
      }),
    );
  }

  public install(chart: HelmChart): void {
    this.follow(
      new eks.HelmChart(this.scope, `Chart-${chart.release}`, {
        cluster: this.cluster,
        release: chart.release,
        chart: chart.chart,
        // The function behind it pulls the whole address, and takes the chart's name from its end.
        repository: ociAddress(chart) ?? chart.repository,
        version: chart.version,
        namespace: chart.namespace,
        createNamespace: chart.createNamespace,
        values: { ...chart.values },
        wait: true,
        // The longest that the function behind it may run is 15 minutes.
        timeout: Duration.minutes(14),
      }),
    );
  }

  private follow(next: Construct): void {
    if (this.last !== null) next.node.addDependency(this.last);
    this.last = next;
  }
}

function constructId({ kind, metadata }: KubernetesObject): string {
  if (WORKLOADS.has(kind)) return metadata.name;
  return [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('-');
}
