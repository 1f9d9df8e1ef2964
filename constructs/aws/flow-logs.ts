import { aws_ec2 as ec2, aws_iam as iam, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { logsKey } from '#constructs/aws/logs-key';
import { roleWith } from '#constructs/aws/role';

/** Refused connections only: what an investigation asks for, at a share of the volume. */
export function flowLogs(vpc: ec2.Vpc): void {
  const group = new logs.LogGroup(vpc, 'FlowLogGroup', {
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
    encryptionKey: logsKey(vpc, 'FlowLogKey', 'Logs of the network'),
  });
  const { role } = roleWith(vpc, 'FlowLogRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    description: 'Writes refused connections into their log group',
    statements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        resources: [group.logGroupRef.logGroupArn],
      }),
    ],
  });
  new ec2.CfnFlowLog(vpc, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpc.vpcId,
    trafficType: 'REJECT',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: group.logGroupName,
    deliverLogsPermissionArn: role.roleArn,
  });
}
