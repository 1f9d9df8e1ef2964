import { describe, expect, it } from 'vitest';
import { withKubernetesObjects } from '#lib/artifacts/kubernetes/objects';
import { Unresolved } from '#lib/artifacts/resource';
import { ReferenceTo, type ReadResource } from '#lib/artifacts/unresolved';
import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import { estimateFromArtifacts } from '#lib/cost/artifacts/from-artifacts';
import { pricingOf, RESOURCE_PRICING } from '#lib/cost/resources/registry';
import { billLines, billOf, catalogPrices, resourceOf as resource } from '../../../_support/artifact-bills';

const bill = (...resources: readonly ReadResource[]): ArtifactBill => billOf(resources);
const usd = (...resources: readonly ReadResource[]) => billLines(bill(...resources));

describe('what resources cost', () => {
  it('is known for 150 types of CloudFormation and as many of Terraform', () => {
    const types = RESOURCE_PRICING.flatMap((pricing) => pricing.types);
    expect(types.filter((type) => type.startsWith('AWS::')).length).toBeGreaterThan(150);
    expect(types.filter((type) => type.startsWith('aws_')).length).toBeGreaterThan(120);
  });

  it('names no type twice', () => {
    const types = RESOURCE_PRICING.flatMap((pricing) => pricing.types);
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
  });

  it('is the same for a NAT gateway of CloudFormation and of Terraform', () => {
    const lines = [
      'NAT gateway | 730 | hour | 32.85 | priced',
      'data through the NAT gateway | 0 | GB |  | usage',
    ];
    expect(usd(resource('AWS::EC2::NatGateway'))).toEqual(lines);
    expect(usd(resource('aws_nat_gateway'))).toEqual(lines);
  });

  it('counts the nodes of a group with the volumes of its launch template', () => {
    const template = resource(
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { VolumeSize: 200, VolumeType: 'gp3' } }] } },
      'template',
    );
    const group = resource('AWS::EKS::Nodegroup', {
      InstanceTypes: ['m6i.xlarge'],
      ScalingConfig: { DesiredSize: 3, MinSize: 1 },
      LaunchTemplate: { Id: new ReferenceTo('template', null) },
    });
    expect(usd(template, group)).toEqual([
      'AWS::EC2::LaunchTemplate | 0 | none | 0 | free',
      'm6i.xlarge, on-demand | 2190 | instance-hour | 420.48 | priced',
      'gp3 root-volume | 600 | GB-month | 48 | priced',
    ]);
  });

  it('reads Terraform blocks, which are lists of one', () => {
    const group = resource('aws_eks_node_group', {
      instance_types: ['m6i.xlarge'],
      scaling_config: [{ desired_size: 2, min_size: 1 }],
    });
    expect(usd(group)[0]).toBe('m6i.xlarge, on-demand | 1460 | instance-hour | 280.32 | priced');
  });

  it('bills an endpoint by the variants of its configuration', () => {
    const configuration = resource(
      'AWS::SageMaker::EndpointConfig',
      { ProductionVariants: [{ InstanceType: 'ml.g6e.xlarge', InitialInstanceCount: 2 }] },
      'config',
    );
    const endpoint = resource('AWS::SageMaker::Endpoint', {
      EndpointConfigName: new ReferenceTo('config', 'EndpointConfigName'),
    });
    expect(usd(configuration, endpoint)[1]).toMatch(/^ml\.g6e\.xlarge, on-demand \| 1460 \| instance-hour/);
  });

  it('adds what of gp3 is beyond the included IOPS and throughput', () => {
    const volume = resource('AWS::EC2::Volume', {
      VolumeType: 'gp3',
      Size: 100,
      Iops: 4000,
      Throughput: 225,
    });
    expect(usd(volume)).toEqual([
      'gp3 volume | 100 | GB-month | 8 | priced',
      'gp3 volume-iops | 1000 | IOPS-month | 5 | priced',
      'gp3 volume-throughput | 100 | MBps-month | 4 | priced',
    ]);
  });

  it('says what a value depends on that only the deployment knows, and never counts it as 0', () => {
    const [line] = bill(
      resource('AWS::EC2::Instance', { InstanceType: new Unresolved('parameter Type') }),
    ).lines;
    expect(line?.item).toMatchObject({ state: 'unpriced', monthlyUsd: null });
    expect(line?.item.basis).toBe('InstanceType depends on parameter Type');
  });

  it('lists a type that nobody has priced as unaccounted', () => {
    const { unaccounted, lines } = bill(resource('AWS::Future::Thing', {}, 'x'));
    expect(unaccounted).toEqual(['x']);
    expect(lines[0]?.item.state).toBe('unpriced');
  });

  it('asks nothing of a resource without a charge: following the properties of thousands takes longer than the bill', () => {
    const { address, path, format, type, region, presence } = resource('AWS::IAM::Role');
    const asked: string[] = [];
    const role: ReadResource = {
      address,
      path,
      format,
      type,
      region,
      presence,
      get properties() {
        asked.push('properties');
        return {};
      },
      get references() {
        asked.push('references');
        return [];
      },
    };
    const context = {
      prices: catalogPrices,
      asOf: '2026-11-23',
      horizonMonths: 36,
      discountRatePerYear: 0.09,
    };
    const { bill: made } = estimateFromArtifacts(withKubernetesObjects([role]), {
      ...context,
      region: 'us-east-1',
      usage: new Map(),
      nodeSizes: () => new Map(),
      catalog: {
        models: new Map(),
        instances: new Map(),
        accelerators: new Map(),
        slices: () => new Map(),
        awsRegions: () => ['us-east-1'],
      },
      head: { environment: 'a', scenario: 'app', option: 'a', target: 'a' },
    });
    expect(made.counts.free).toBe(1);
    expect(asked).toEqual([]);
  });

  it('multiplies a stated use with its price', () => {
    const { lines } = billOf([resource('AWS::S3::Bucket')], { 'a.storage': 1000 });
    expect(lines[0]?.item).toMatchObject({ state: 'usage', quantity: 1000, monthlyUsd: 23 });
    expect(lines[1]?.item).toMatchObject({ state: 'usage', monthlyUsd: null });
  });

  it('knows every type by its exact name before its whole service', () => {
    expect(pricingOf('aws_api_gateway_rest_api')).not.toBe(pricingOf('aws_api_gateway_stage'));
    expect(pricingOf('AWS::Elsewhere::Thing')).toBeUndefined();
  });
});
