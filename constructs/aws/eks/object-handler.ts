import { Aws, aws_iam as iam, aws_lambda as lambda, Stack, type aws_eks_v2 as eks } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge, allControls, logicalId, managedByAws } from '#constructs/aws/acknowledged';
import { acknowledgeDeployFunction } from '#constructs/aws/deploy-function';
import { roleWith } from '#constructs/aws/role';

/** Memory that the CDK's framework around the handler takes, in MB: Lambda's default, said aloud. */
const FRAMEWORK_MEMORY_MB = 128;

/** What the function that applies objects may do: look up its one cluster, run in the VPC, write its log. */
export function handlerRole(scope: Construct, clusterName: string): iam.IRole {
  const { role } = roleWith(scope, 'ObjectHandlerRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `Applies Kubernetes objects to ${clusterName}`,
    statements: [
      new iam.PolicyStatement({
        actions: ['eks:DescribeCluster'],
        resources: [
          `arn:${Aws.PARTITION}:eks:${Stack.of(scope).region}:${Aws.ACCOUNT_ID}:cluster/${clusterName}`,
        ],
      }),
    ],
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(VPC_ACCESS)],
  });
  acknowledge(
    scope.node.findChild('ObjectHandlerRole'),
    managedByAws(VPC_ACCESS),
    "Lambda's own policy to run in a VPC and write a log: its actions on interfaces take no resource",
  );
  return role;
}

const VPC_ACCESS = 'service-role/AWSLambdaVPCAccessExecutionRole';

/** Two functions of the CDK apply objects while a stack deploys: what packs ask of functions that serve somebody. */
export function acknowledgeHandler(cluster: eks.Cluster): void {
  const provider = cluster.node.findChild('KubectlProvider');
  const handler = provider.node.findChild('Handler');
  const framework = provider.node.findChild('Provider').node.findChild('framework-onEvent');
  const role = framework.node.findChild('ServiceRole');
  // Of rights to a public registry, which the role above does not take: nothing refers to the condition any more.
  cluster.node.scope?.node.tryRemoveChild('HasEcrPublic');
  functionOf(framework).memorySize = FRAMEWORK_MEMORY_MB;
  for (const each of [handler, framework]) acknowledgeDeployFunction(each);
  acknowledge(
    handler,
    ['AwsSolutions-L1', 'Serverless-LambdaLatestVersion'],
    'aws-cdk-lib chooses the runtime that its own code is tested with in every region',
  );
  acknowledge(
    role,
    managedByAws('service-role/AWSLambdaBasicExecutionRole', VPC_ACCESS),
    "made by aws-cdk-lib, with Lambda's own policies to write a log and run in a VPC",
  );
  acknowledge(
    role.node.findChild('DefaultPolicy'),
    [...allControls('IAMNoInlinePolicy'), `AwsSolutions-IAM5[Resource::<${logicalId(handler)}.Arn>:*]`],
    'made by aws-cdk-lib: the right to call the one handler, in any of its versions',
  );
}

function functionOf(construct: Construct): lambda.CfnFunction {
  const found = construct.node.defaultChild;
  if (found instanceof lambda.CfnFunction) return found;
  throw new Error(`${construct.node.path} is no function`);
}
