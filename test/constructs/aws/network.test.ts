import { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Network } from '#constructs/aws/network';
import type { NetworkPlan } from '#lib/plan/plan';
import { networkStack } from '#stacks/aws/foundation';
import { awsPlan } from '../../_support/aws-plan';
import { propertiesOf } from '../../_support/properties';
import { inStack } from '../../_support/template';

const ZONES = ['us-east-1a', 'us-east-1b'];
const plan: NetworkPlan = {
  region: 'us-east-1',
  zones: ZONES,
  vpcCidr: '10.7.0.0/16',
  natGateways: 2,
  interfaceEndpoints: ['ecr.api', 'sts'],
};

function network(changes: Partial<NetworkPlan> = {}): Template {
  return inStack((stack) => {
    new Network(stack, { network: { ...plan, ...changes }, zones: ZONES });
  });
}

const count = (template: Template, type: string) => Object.keys(template.findResources(type)).length;

describe('Network', () => {
  it('has the planned address range', () => {
    expect(propertiesOf(network(), 'AWS::EC2::VPC')['CidrBlock']).toBe('10.7.0.0/16');
  });

  it.each([0, 1, 2])('has %i NAT gateways where the plan says so', (natGateways) => {
    expect(count(network({ natGateways }), 'AWS::EC2::NatGateway')).toBe(natGateways);
  });

  it('leads every private subnet out through a NAT gateway, also where zones share one', () => {
    const routes = Object.values(network({ natGateways: 1 }).findResources('AWS::EC2::Route')) as {
      Properties: { NatGatewayId?: unknown };
    }[];
    expect(routes.filter(({ Properties }) => Properties.NatGatewayId !== undefined)).toHaveLength(2);
  });

  it('has no way in or out without NAT gateways', () => {
    expect(count(network({ natGateways: 0 }), 'AWS::EC2::InternetGateway')).toBe(0);
  });

  it('gives nothing a public address by itself', () => {
    const subnets = Object.values(network().findResources('AWS::EC2::Subnet')) as {
      Properties: { MapPublicIpOnLaunch?: boolean };
    }[];
    expect(subnets.filter(({ Properties }) => Properties.MapPublicIpOnLaunch === true)).toEqual([]);
  });

  it('reaches S3 without NAT, and every planned service by its own endpoint', () => {
    const endpoints = Object.values(network().findResources('AWS::EC2::VPCEndpoint')) as {
      Properties: { VpcEndpointType: string; ServiceName: string | object };
    }[];
    const named = (type: string) =>
      endpoints
        .filter(({ Properties }) => Properties.VpcEndpointType === type)
        .map(({ Properties }) => JSON.stringify(Properties.ServiceName));
    expect(named('Gateway')).toEqual([expect.stringContaining('.s3')]);
    expect(named('Interface').toSorted()).toEqual([
      expect.stringContaining('.ecr.api'),
      expect.stringContaining('.sts'),
    ]);
  });

  it('logs refused connections', () => {
    expect(propertiesOf(network(), 'AWS::EC2::FlowLog')['TrafficType']).toBe('REJECT');
  });

  it('is synthesized without a look-up in any account', () => {
    const app = new App();
    networkStack(app, awsPlan());
    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });
});
