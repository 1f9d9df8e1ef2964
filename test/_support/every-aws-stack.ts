import { CfnResource, type App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STORE_BUILDERS } from '#constructs/aws/vector-stores/builders';
import { plansFor } from '#bin/synthesis/plans-for';
import { stackBuilder } from '#stacks/index';
import { bedrockStacks } from '#stacks/aws/bedrock-stacks';
import { eksStacks } from '#stacks/aws/eks-stacks';
import { sagemakerStacks } from '#stacks/aws/sagemaker-stacks';
import { awsPlan, bedrockPlan, gpuPool, retrieval, sagemakerPlan, serving } from './aws-plan';
import { OFFICE_HOURS, scalingPlan } from './scaling-plan';
import { shippedOptions } from './shipped-options';

/** One scope for each kind of stack that AWS targets have, with what knobs can change about it. */
export function everyKindOfStack(app: App): void {
  eksStacks(
    new Construct(app, 'eks'),
    awsPlan({ retrieval: { ...retrieval('qdrant'), runsOn: 'kubernetes', nodePool: 'cpu' } }),
  );
  sagemakerStacks(new Construct(app, 'sagemaker'), sagemakerPlan());
  for (const policy of ['autoscaled', 'scheduled', 'scale-to-zero'] as const) {
    const schedule = policy === 'scheduled' ? OFFICE_HOURS : null;
    const least = policy === 'scale-to-zero' ? 0 : 1;
    const changes = {
      option: policy,
      scaling: scalingPlan({ policy, schedule }),
      serving: { ...serving, replicas: { ...serving.replicas, min: least } },
      nodePools: [{ ...gpuPool, nodes: { min: least, desired: 2, max: 3 } }],
    };
    sagemakerStacks(new Construct(app, `sagemaker-${policy}`), sagemakerPlan(changes));
    if (least > 0) eksStacks(new Construct(app, `eks-${policy}`), awsPlan(changes));
  }
  for (const store of Object.keys(STORE_BUILDERS)) {
    bedrockStacks(new Construct(app, store), bedrockPlan({ option: store, retrieval: retrieval(store) }));
  }
}

/** What no target plans today and a plan may still say: an endpoint in a network, on disks that take a key. */
export function everyOtherPlan(app: App): void {
  const managed = { modelId: 'meta.llama3-1-70b-instruct-v1:0', guardrail: true } as const;
  for (const profile of ['in-region', 'regional', 'global'] as const) {
    bedrockStacks(
      new Construct(app, `bedrock-${profile}`),
      bedrockPlan({ managed: { ...managed, profile } }),
    );
  }
  bedrockStacks(
    new Construct(app, 'bedrock-unguarded'),
    bedrockPlan({ managed: { ...managed, profile: 'regional', guardrail: false } }),
  );
  const network = { ...sagemakerPlan().network, natGateways: 1, interfaceEndpoints: ['ecr.api', 'sts'] };
  sagemakerStacks(
    new Construct(app, 'sagemaker-in-network'),
    sagemakerPlan({ network, nodePools: [{ ...gpuPool, shape: 'ml.g6.12xlarge', localDiskGb: 0 }] }),
  );
  for (const store of Object.keys(STORE_BUILDERS)) {
    eksStacks(new Construct(app, `eks-${store}`), awsPlan({ retrieval: retrieval(store) }));
  }
}

/** Every option that is shipped, and the shapes that none of them has, where the CDK provisions it. */
export async function everyShippedStack(app: App): Promise<void> {
  for (const [file, scenario, option] of shippedOptions()) {
    const [plan] = plansFor({ environmentPath: file, scenario, option });
    if (plan === undefined) throw new Error(`no plan of ${option}`);
    const build = await stackBuilder(plan, 'cdk');
    const name = /([a-z]+)\.yaml$/.exec(file)?.[1] ?? file;
    build?.(new Construct(app, `${name}-${scenario}-${option}`), plan);
  }
}

export function resourcesOf(app: App): CfnResource[] {
  return app.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node));
}
