import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, managedByAws } from '#constructs/aws/acknowledged';

/** What a node itself may do: join, pull images, attach pod addresses, be reached by Session Manager. */
const POLICIES = [
  'AmazonEKSWorkerNodePolicy',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEKS_CNI_Policy',
  'AmazonSSMManagedInstanceCore',
];

export function nodeRole(scope: Construct, id: string): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    description: 'Nodes of the cluster',
    managedPolicies: POLICIES.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  acknowledge(
    role,
    managedByAws(...POLICIES),
    'EKS and Systems Manager keep these in step with the agents of the node image; copies would go stale with it',
  );
  return role;
}
