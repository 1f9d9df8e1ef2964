import { Aws, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '#constructs/aws/acknowledged';
import { roleWith } from '#constructs/aws/role';

export interface InferenceRoleProps {
  readonly region: string;
  readonly imageRepositoryArn: string;
  /** Whether the container attaches to a VPC of this account. */
  readonly joinsVpc: boolean;
}

/** What SageMaker may do to run the container: pull one image, write logs and metrics, attach to a VPC. */
export function inferenceRole(scope: Construct, id: string, props: InferenceRoleProps): iam.IRole {
  const logGroups = ['Endpoints', 'InferenceComponents'].map(
    (kind) =>
      `arn:${Aws.PARTITION}:logs:${props.region}:${Aws.ACCOUNT_ID}:log-group:/aws/sagemaker/${kind}/*`,
  );
  const { role, policy } = roleWith(scope, id, {
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
    description: 'Runs the model server of the endpoint',
    statements: [
      statement(
        ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
        [props.imageRepositoryArn],
      ),
      statement(
        ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        logGroups,
      ),
      // None of these takes a resource.
      statement(['ecr:GetAuthorizationToken', ...(props.joinsVpc ? NETWORK_ACTIONS : [])], ['*']),
      new iam.PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
      }),
    ],
  });
  const finding = (kind: string) =>
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:${props.region}:<AWS::AccountId>:log-group:/aws/sagemaker/${kind}/*]`;
  acknowledge(
    policy,
    [finding('Endpoints'), finding('InferenceComponents'), 'AwsSolutions-IAM5[Resource::*]'],
    'CloudFormation names the endpoint, and SageMaker its log group after it; tokens of the registry, interfaces and metrics take no resource',
  );
  return role;
}
const NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

function statement(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
