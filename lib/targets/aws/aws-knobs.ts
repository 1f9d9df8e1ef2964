import * as z from 'zod';
import { knob } from '#lib/targets/port/knob';
import { zonesOf } from '#lib/targets/port/site';

export const AwsRegion = knob(
  z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region: us-east-1')
    .default('us-east-1'),
  { description: 'AWS region', unit: 'id', example: 'us-east-1', catalog: 'regions' },
);

export const Instance = knob(z.string().min(1).max(40).optional(), {
  description: 'Pins the instance type with accelerators; the cheapest that fits without it',
  unit: 'id',
  example: 'p5.48xlarge',
  catalog: 'instances',
});

export const Zones = knob(z.int().gte(1).lte(3).default(2), {
  description: 'Availability zones that the network spans',
  unit: 'zones',
  example: 2,
});

/** The VPC of targets that have one: private subnets behind one NAT gateway, or one per zone. */
export function vpc(region: string, zones: number, nat: 'single' | 'per-zone') {
  return {
    region,
    zones: zonesOf(region, zones),
    vpcCidr: '10.0.0.0/16',
    natGateways: nat === 'single' ? 1 : zones,
  };
}

export const Nat = knob(z.enum(['single', 'per-zone']).default('single'), {
  description: 'NAT gateways: one for the network, or one in each zone',
  unit: 'id',
  example: 'single',
});
