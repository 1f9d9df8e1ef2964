import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { LocalBackend, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';

/** The variable that names the kubeconfig file of a stack's cluster. */
export interface Kubeconfig {
  readonly variable: string;
  readonly description: string;
  /** Absent where a wrong cluster must not be reached by default. */
  readonly default?: string;
}

const WORKLOAD_CLUSTER: Kubeconfig = {
  variable: 'kubeconfig',
  description: 'Kubeconfig file of the cluster',
  default: '~/.kube/config',
};

/** A stack that talks to the cluster which its kubeconfig variable names. */
export class ClusterStack extends TerraformStack {
  public constructor(scope: Construct, id: string, cluster: Kubeconfig = WORKLOAD_CLUSTER) {
    super(scope, id);
    // Without it cdktf writes the absolute path of the folder it ran in.
    new LocalBackend(this, { path: `${id}.tfstate` });
    const { variable, ...about } = cluster;
    const kubeconfig = new TerraformVariable(this, variable, { type: 'string', ...about });
    new KubernetesProvider(this, 'Kubernetes', { configPath: kubeconfig.stringValue });
    new HelmProvider(this, 'Helm', { kubernetes: { configPath: kubeconfig.stringValue } });
    this.addOverride('terraform.required_providers.kubernetes.source', 'hashicorp/kubernetes');
    this.addOverride('terraform.required_providers.helm.source', 'hashicorp/helm');
  }
}
