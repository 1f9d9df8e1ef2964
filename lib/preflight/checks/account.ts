import { regionsOf, type PreflightRequest } from '#lib/preflight/deployment';
import { failed, passed, warned, type Judge, type Requirement } from '#lib/preflight/requirement';

/** Who asks, of AWS. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

export interface AccountKinds {
  readonly identity: { readonly asks: { readonly region: string }; readonly answer: Identity };
  /** Version of the CDK's bootstrap stack; `null` where there is none. */
  readonly bootstrap: {
    readonly asks: { readonly region: string; readonly qualifier: string; readonly atLeast: number };
    readonly answer: { readonly version: number | null; readonly account: string };
  };
  /** A cluster of EKS by its name; `null` where there is none. */
  readonly 'eks-cluster': {
    readonly asks: { readonly region: string; readonly name: string; readonly version: string };
    readonly answer: { readonly status: string; readonly version: string } | null;
  };
}

/** What the default synthesizer of aws-cdk-lib 2.276 asks for, and the name it looks for it under. */
export const BOOTSTRAP = { qualifier: 'hnb659fds', atLeast: 6 } as const;

export const IDENTITY = 'identity.aws';

/** Who deploys, and whether the CDK has what it stands on. */
export function accountRequirements({ deployments }: PreflightRequest): Requirement[] {
  const regions = regionsOf(deployments);
  const [first] = regions;
  if (first === undefined) return [];
  const clusters = deployments.flatMap(({ plan, provisioner }): Requirement[] => {
    const { region } = plan.network;
    if (provisioner !== 'cdk' || plan.cluster === null || region === null) return [];
    const { name, kubernetesVersion: version } = plan.cluster;
    return [
      {
        id: `cluster.eks.${name}`,
        group: 'cluster',
        subject: `EKS ${name}`,
        needs: [IDENTITY],
        kind: 'eks-cluster',
        asks: { region, name, version },
      },
    ];
  });
  return [
    {
      id: IDENTITY,
      group: 'identity',
      subject: 'AWS',
      needs: [],
      kind: 'identity',
      asks: { region: first },
    },
    ...regions.map((region): Requirement => ({
      id: `identity.bootstrap.${region}`,
      group: 'identity',
      subject: `CDK bootstrap of ${region}`,
      needs: [IDENTITY],
      kind: 'bootstrap',
      asks: { region, ...BOOTSTRAP },
    })),
    ...clusters,
  ];
}

export const judgeIdentity: Judge<'identity'> = (_, { arn }) =>
  arn.endsWith(':root')
    ? warned(`${arn}, who may do everything`, 'sign in with a role for deployments')
    : passed(arn);

export const judgeBootstrap: Judge<'bootstrap'> = ({ region, atLeast }, { version, account }) => {
  const fix = `npx cdk bootstrap aws://${account}/${region}`;
  if (version === null) return failed(`${region} is not bootstrapped for the CDK`, fix);
  return version >= atLeast
    ? passed(`CDK bootstrap v${version} in ${region}`)
    : failed(`CDK bootstrap v${version} in ${region}, v${atLeast} or later is needed`, fix);
};

export const judgeEksCluster: Judge<'eks-cluster'> = ({ name, version }, cluster) => {
  if (cluster === null) return passed(`EKS ${name} does not exist yet: the stack makes it`);
  if (cluster.status !== 'ACTIVE') {
    return failed(
      `EKS ${name} is ${cluster.status}`,
      `wait until it is ACTIVE: aws eks describe-cluster --name ${name}`,
    );
  }
  return cluster.version === version
    ? passed(`EKS ${name} is active, Kubernetes ${version}`)
    : warned(
        `EKS ${name} runs Kubernetes ${cluster.version}, the plan ${version}: EKS updates one minor version at a time and never back`,
      );
};
