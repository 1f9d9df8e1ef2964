import { Aws, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface InferenceRoleProps {
  readonly region: string;
  readonly imageRepositoryArn: string;
  /** Whether the container attaches to a VPC of this account. */
  readonly joinsVpc: boolean;
}

/** What SageMaker may do to run the container: pull one image, write logs and metrics, attach to a VPC. */
export function inferenceRole(scope: Construct, id: string, props: InferenceRoleProps): iam.Role {
  const logGroups = ['Endpoints', 'InferenceComponents'].map(
    (kind) =>
      `arn:${Aws.PARTITION}:logs:${props.region}:${Aws.ACCOUNT_ID}:log-group:/aws/sagemaker/${kind}/*`,
  );
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
    description: 'Runs the model server of the endpoint',
    inlinePolicies: {
      Run: new iam.PolicyDocument({
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
      }),
    },
  });
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
