import type { Deployment, PreflightRequest } from '#lib/preflight/deployment';
import { failed, passed, warned, type Judge, type Requirement } from '#lib/preflight/requirement';
import { isAtLeast, numbersOf } from '#lib/preflight/version';

export interface ToolKinds {
  /** Version of the running Node. */
  readonly node: { readonly asks: { readonly atLeast: string }; readonly answer: string };
  /** A library beside this package; `null` where it is not installed. */
  readonly library: {
    readonly asks: { readonly name: string; readonly version: string };
    readonly answer: string | null;
  };
  /** The first of these programs that is there, with its version; `null` where none is. */
  readonly program: {
    readonly asks: {
      readonly names: readonly string[];
      readonly atLeast: string;
      /** Major version that it must have. @default - any */
      readonly major?: number;
      /** Without it less is checked, and the deployment goes on. */
      readonly isOptional: boolean;
      readonly install: string;
    };
    readonly answer: { readonly name: string; readonly version: string } | null;
  };
}

/** Server-side apply is in kubectl since then, for good. */
const LEAST_KUBECTL = '1.22';
/** Variables that may not be null, which the stacks of own servers ask for. */
const LEAST_TERRAFORM = '1.1';
/** Libraries of each synthesizer. */
const LIBRARIES: Readonly<Record<Deployment['provisioner'], readonly string[]>> = {
  cdk: ['aws-cdk-lib', 'constructs'],
  terraform: ['cdktf', 'constructs', '@cdktf/provider-kubernetes', '@cdktf/provider-helm'],
};
/** What the CDK's EKS construct needs besides. */
const EKS_LIBRARY = '@aws-cdk/lambda-layer-kubectl-v35';

export const KUBECTL = 'tool.kubectl';

export function toolRequirements({ deployments, versions }: PreflightRequest): Requirement[] {
  const uses = (provisioner: Deployment['provisioner']) =>
    deployments.some((each) => each.provisioner === provisioner);
  const libraries = (['cdk', 'terraform'] as const).flatMap((each) => (uses(each) ? LIBRARIES[each] : []));
  const onEks = deployments.some(({ plan, provisioner }) => provisioner === 'cdk' && plan.cluster !== null);
  return [
    {
      id: 'tool.node',
      group: 'tool',
      subject: 'node',
      needs: [],
      kind: 'node',
      asks: { atLeast: numbersOf(versions.node).join('.') },
    },
    ...[...new Set([...libraries, ...(onEks ? [EKS_LIBRARY] : [])])].map((name): Requirement => ({
      id: `tool.library.${name}`,
      group: 'tool',
      subject: name,
      needs: [],
      kind: 'library',
      asks: { name, version: versions.peers[name] ?? '' },
    })),
    ...(uses('cdk')
      ? [
          program('tool.cdk', ['cdk'], versions.cdkCli, {
            // 3.0.0 was published by mistake.
            major: 2,
            install: `npm install --save-dev aws-cdk@${versions.cdkCli}`,
          }),
        ]
      : []),
    ...(uses('terraform')
      ? [
          program('tool.terraform', ['terraform', 'tofu'], LEAST_TERRAFORM, {
            install: 'install terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu',
          }),
          program(KUBECTL, ['kubectl'], LEAST_KUBECTL, {
            isOptional: true,
            install: 'install kubectl (https://kubernetes.io/docs/tasks/tools/): the cluster is asked by it',
          }),
        ]
      : []),
  ];
}

function program(
  id: string,
  names: readonly string[],
  atLeast: string,
  rest: { readonly install: string; readonly major?: number; readonly isOptional?: boolean },
): Requirement {
  const asks = { names, atLeast, isOptional: false, ...rest };
  return { id, group: 'tool', subject: names.join(' or '), needs: [], kind: 'program', asks };
}

export const judgeNode: Judge<'node'> = ({ atLeast }, version) =>
  isAtLeast(version, atLeast)
    ? passed(`node ${version}`)
    : failed(`node ${version}, ${atLeast} or later is needed`, 'install Node 22 or 24 (https://nodejs.org)');

export const judgeLibrary: Judge<'library'> = ({ name, version }, found) => {
  const install = `npm install ${name}@${version}`;
  if (found === null) return failed(`${name} is not installed`, install);
  if (found === version) return passed(`${name} ${found}`);
  return warned(`${name} ${found}, tested with ${version}`, install);
};

export const judgeProgram: Judge<'program'> = ({ names, atLeast, major, isOptional, install }, found) => {
  if (found === null) {
    const text = `no ${names.join(' or ')}`;
    return isOptional ? { ...warned(text, install), bars: true } : failed(text, install);
  }
  const { name, version } = found;
  if (major !== undefined && numbersOf(version)[0] !== major) {
    return failed(`${name} ${version}, a version ${major} is needed`, install);
  }
  return isAtLeast(version, atLeast)
    ? passed(`${name} ${version}`)
    : failed(`${name} ${version}, ${atLeast} or later is needed`, install);
};
