import { aws_ec2 as ec2, type Stack } from 'aws-cdk-lib';

/** A VPC with a private subnet in each of two zones. */
export function twoZones(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    natGateways: 1,
    restrictDefaultSecurityGroup: false,
  });
}
