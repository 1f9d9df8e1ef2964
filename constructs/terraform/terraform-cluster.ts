import { Release } from '@cdktf/provider-helm/lib/release';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { dependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type {
  HelmChart,
  KubernetesCluster,
  KubernetesObject,
} from '#constructs/kubernetes/kubernetes-object';
import { literal } from '#constructs/terraform/escape';
import { toArguments } from '#constructs/terraform/shape';
import { TYPED } from '#constructs/terraform/typed-resources';

/** Fields that an operator's webhook rewrites: without them a second apply would show a change, or fail. */
const REWRITTEN: Readonly<Record<string, readonly string[]>> = {
  'postgresql.cnpg.io/v1/Cluster': ['spec.postgresql.parameters'],
  'milvus.io/v1beta1/Milvus': [
    'spec.dependencies.etcd.inCluster.values',
    'spec.dependencies.storage.inCluster.values',
  ],
};

/** A Kubernetes cluster reached through Terraform. Each object depends on the one given before it. */
export class TerraformCluster extends Construct implements KubernetesCluster {
  private previous: TerraformResource | undefined;

  public apply(object: KubernetesObject): void {
    const scope = this.scopeOf(object.metadata.name);
    const safe = literal(object);
    const typed = TYPED[`${object.apiVersion}/${object.kind}`];
    const args = typed === undefined ? null : toArguments(safe, typed.fields);
    this.follow(
      typed === undefined || args === null
        ? new Manifest(scope, object.kind, { manifest: safe, ...rewrittenFields(object) })
        : typed.create(scope, object.kind, args),
    );
  }

  public install(chart: HelmChart): void {
    const safe = literal({ ...chart, values: [JSON.stringify(chart.values)] });
    this.follow(
      new Release(this.scopeOf(chart.release), 'Release', {
        name: safe.release,
        chart: safe.chart,
        repository: safe.repository,
        version: safe.version,
        namespace: safe.namespace,
        createNamespace: safe.createNamespace,
        values: safe.values,
        wait: true,
        atomic: true,
      }),
    );
  }

  private scopeOf(name: string): Construct {
    return this.node.tryFindChild(name) === undefined ? new Construct(this, name) : this.existing(name);
  }

  private existing(name: string): Construct {
    const child = this.node.findChild(name);
    if (child instanceof Construct) return child;
    throw new Error(`${name} is no construct`);
  }

  private follow(resource: TerraformResource): void {
    if (this.previous !== undefined) resource.dependsOn = [dependable(this.previous)];
    this.previous = resource;
  }
}

function rewrittenFields({ apiVersion, kind }: KubernetesObject): { computedFields?: string[] } {
  const fields = REWRITTEN[`${apiVersion}/${kind}`];
  // The first two are the provider's own default, which naming any field replaces.
  return fields === undefined
    ? {}
    : { computedFields: ['metadata.labels', 'metadata.annotations', ...fields] };
}
