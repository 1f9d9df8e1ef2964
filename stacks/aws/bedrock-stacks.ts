import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BedrockAccess } from '#constructs/aws/bedrock-access';
import { ImportedModel } from '#constructs/aws/imported-model';
import { ProvisionedThroughput } from '#constructs/aws/provisioned-throughput';
import { readerAccess } from '#constructs/aws/reader-access';
import type { ManagedServingPlan, Plan } from '#lib/plan/plan';
import { networkOnDemand, retrievalStack } from '#stacks/aws/foundation';
import { OfflineStack } from '#stacks/aws/offline-stack';
import { regionOf } from '#stacks/aws/region';

/** Stacks of a model that Bedrock runs: access, and the vector store with its network where the plan has one. */
export function bedrockStacks(scope: Construct, plan: Plan): void {
  const { managed } = plan;
  if (managed === null) throw new Error(`the plan of ${plan.option} has no managed model`);
  const stack = new OfflineStack(scope, 'Serving', { plan });
  const { role } = servedIn(stack, managed, plan);
  readerAccess(stack, plan, [role]);
  retrievalStack(scope, plan, networkOnDemand(scope, plan));
}

function servedIn(stack: Construct, managed: ManagedServingPlan, plan: Plan): { readonly role: iam.Role } {
  const props = { managed, region: regionOf(plan), names: [plan.environment, plan.option] };
  if (managed.imported !== undefined) return new ImportedModel(stack, { ...props, tags: ownTags(plan) });
  return managed.provisioned === undefined
    ? new BedrockAccess(stack, props)
    : new ProvisionedThroughput(stack, props);
}

function ownTags({ environment, option }: Plan): Readonly<Record<string, string>> {
  return { 'landfall:environment': environment, 'landfall:option': option };
}
