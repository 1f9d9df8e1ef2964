import { Aws, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Plan } from '#lib/plan/plan';

/**
 * What may call the embedding model and the reranker that Bedrock runs: a policy for the role of whatever searches.
 * Nothing where the plan calls none.
 */
export function readerAccess(
  scope: Construct,
  { retrieval, network }: Plan,
  roles: iam.IRole[] = [],
): iam.ManagedPolicy | null {
  const { embedding = null, reranker = null } = retrieval ?? {};
  const called = [embedding, reranker].flatMap((reader) => reader?.modelId ?? []);
  if (called.length === 0) return null;
  const policy = new iam.ManagedPolicy(scope, 'RetrievalModels', {
    description: 'Calls the embedding model and the reranker of the plan, and no other model',
    roles,
  });
  policy.addStatements(
    new iam.PolicyStatement({
      actions: ['bedrock:InvokeModel'],
      resources: called.map(
        (model) => `arn:${Aws.PARTITION}:bedrock:${network.region ?? Aws.REGION}::foundation-model/${model}`,
      ),
    }),
  );
  // The action takes no resource: which model it may use, `InvokeModel` says.
  if (reranker?.modelId != null) {
    policy.addStatements(new iam.PolicyStatement({ actions: ['bedrock:Rerank'], resources: ['*'] }));
  }
  return policy;
}
