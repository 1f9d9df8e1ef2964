import { awsClient, type AwsClient } from '#bin/aws/client';
import type { Surroundings } from '#bin/command';
import { kubectl } from '#bin/live/kubectl';
import { awsAskers } from '#bin/preflight/ask-aws';
import { clusterAskers } from '#bin/preflight/ask-cluster';
import { toolAskers } from '#bin/preflight/ask-tools';
import { Unanswered, type Askers } from '#bin/preflight/askers';

export interface AskersProps {
  /** Only this machine is asked. */
  readonly offline: boolean;
  /** @default - `TF_VAR_kubeconfig`, else as kubectl finds one */
  readonly kubeconfig?: string | undefined;
  /** @default - `TF_VAR_management_kubeconfig`, else nobody is asked */
  readonly managementKubeconfig?: string | undefined;
  readonly surroundings: Surroundings;
}

/** Who answers each kind of question. */
export async function askersOf(props: AskersProps): Promise<Askers> {
  const { offline, surroundings } = props;
  const env = surroundings.variables ?? {};
  const tools = { stated: () => Promise.resolve(null), ...toolAskers(env) };
  if (offline) return { ...tools, ...silent('offline') };
  return { ...tools, ...(await askersOfAws(surroundings)), ...askersOfClusters(props) };
}

type AwsKinds = ReturnType<typeof awsAskers>;
type ClusterKinds = ReturnType<typeof clusterAskers>;

async function askersOfAws({ awsCredentials, variables: env, download }: Surroundings): Promise<AwsKinds> {
  const credentials = (await awsCredentials?.()) ?? null;
  if (credentials === null) {
    return silentAws(
      'no credentials of AWS: sign in (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
  }
  const clients = new Map<string, AwsClient>();
  return awsAskers((region) => {
    const known = clients.get(region) ?? awsClient({ credentials, region, env, patience: download });
    clients.set(region, known);
    return known;
  });
}

function askersOfClusters({ kubeconfig, managementKubeconfig, surroundings }: AskersProps): ClusterKinds {
  const env = surroundings.variables ?? {};
  const workload = kubectl({ env, kubeconfig: kubeconfig ?? env['TF_VAR_kubeconfig'] });
  const named = managementKubeconfig ?? env['TF_VAR_management_kubeconfig'];
  const asked = clusterAskers({ workload, management: kubectl({ env, kubeconfig: named }) });
  return {
    ...asked,
    cluster: (requirement) => {
      // The current cluster is another one: declaring servers to it by accident would be worse than not asking.
      if (requirement.asks.role === 'management' && named === undefined) {
        return refused(
          'no kubeconfig of the management cluster is named: export TF_VAR_management_kubeconfig=<file>, or pass --management-kubeconfig <file>',
        );
      }
      return asked.cluster(requirement);
    },
  };
}

function refused(why: string): Promise<never> {
  return Promise.reject(new Unanswered(why));
}

function silent(why: string): AwsKinds & ClusterKinds {
  const never = () => refused(why);
  return {
    ...silentAws(why),
    cluster: never,
    nodes: never,
    definition: never,
    storage: never,
    namespace: never,
    permission: never,
    secret: never,
  };
}

function silentAws(why: string): AwsKinds {
  const never = () => refused(why);
  return {
    identity: never,
    bootstrap: never,
    'eks-cluster': never,
    quota: never,
    offering: never,
    reservation: never,
    'managed-model': never,
  };
}
