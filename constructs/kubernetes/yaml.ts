import { stringify } from 'yaml';
import type {
  HelmChart,
  KubernetesCluster,
  KubernetesObject,
} from '#constructs/kubernetes/kubernetes-object';

/** Collects what a cluster is given, for a repository that GitOps applies. */
export class YamlCluster implements KubernetesCluster {
  private readonly collected: KubernetesObject[] = [];
  private readonly installed: HelmChart[] = [];

  public apply(object: KubernetesObject): void {
    this.collected.push(object);
  }

  public install(chart: HelmChart): void {
    this.installed.push(chart);
  }

  /** Charts that must be installed before the objects are applied. */
  public get charts(): readonly HelmChart[] {
    return this.installed;
  }

  /** In the order in which they were given. */
  public get objects(): readonly KubernetesObject[] {
    return this.collected;
  }

  /** All objects as one multi-document file, in the order in which they were given. */
  public render(): string {
    return this.collected
      .map((object) => `---\n${stringify(object, { aliasDuplicateObjects: false, lineWidth: 0 })}`)
      .join('');
  }
}
