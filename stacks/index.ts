import type { Construct } from 'constructs';
import type { Plan } from '#lib/plan/plan';
import type { TargetId } from '#lib/targets/index';

/** Builds every stack of a plan under an App of the CDK or of cdktf. */
export type StackBuilder = (scope: Construct, plan: Plan) => void;

interface Stacks {
  readonly provisioner: 'cdk' | 'terraform';
  /** Loaded on use: aws-cdk-lib and cdktf are never in one process. */
  readonly load: () => Promise<StackBuilder>;
}

/** A new target does not compile without a row. */
const STACKS: Readonly<Record<TargetId, Stacks>> = {
  'aws-bedrock': {
    provisioner: 'cdk',
    load: async () => (await import('#stacks/aws/bedrock-stacks')).bedrockStacks,
  },
  'aws-sagemaker': {
    provisioner: 'cdk',
    load: async () => (await import('#stacks/aws/sagemaker-stacks')).sagemakerStacks,
  },
  'aws-eks': { provisioner: 'cdk', load: async () => (await import('#stacks/aws/eks-stacks')).eksStacks },
  leased: {
    provisioner: 'terraform',
    load: async () => (await import('#stacks/terraform/leased-stacks')).leasedStacks,
  },
  colo: {
    provisioner: 'terraform',
    load: async () => (await import('#stacks/terraform/owned-stacks')).ownedStacks,
  },
  'self-built': {
    provisioner: 'terraform',
    load: async () => (await import('#stacks/terraform/owned-stacks')).ownedStacks,
  },
};

/** The builder of a plan's target where this provisioner has one; `undefined` where another provisions it. */
export async function stackBuilder(
  plan: Plan,
  provisioner: Stacks['provisioner'],
): Promise<StackBuilder | undefined> {
  const stacks = new Map<string, Stacks>(Object.entries(STACKS)).get(plan.target);
  return stacks?.provisioner === provisioner ? stacks.load() : undefined;
}
