import { describe, expect, it } from 'vitest';
import { laddersOf, slicesOf } from '#lib/catalog/price-ladder';
import { billedSeconds, FIVE_MINUTES } from '#lib/cost/resources/billed-time';
import { ReferenceTo } from '#lib/artifacts/unresolved';
import { billOf, catalogPrices, resourceOf, stepsOf } from '../_support/artifact-bills';

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
const GB_PER_TB = 1024;

/** What Infracost's golden files print for the same quantities, to the cent. */
describe('Infracost, tiers of AWS', () => {
  it.each([
    ['x86_64', 67.44e9 - 6e9, [100_000.2, 135_000, 619_203.1]],
    ['arm64', 74.752e9, [100_000.5, 135_001.13, 597_356.53]],
    ['arm64', 11.52e9, [100_000.5, 48_240.4]],
  ])('bills Lambda on %s for %d GB-seconds by steps', (architecture, gbSeconds, steps) => {
    const lambda = resourceOf('AWS::Lambda::Function', { Architectures: [architecture] });
    const billed = stepsOf(billOf([lambda], { 'a.duration': gbSeconds }), 'a.duration');
    expect(billed.map((usd) => usd.toFixed(2))).toEqual(steps.map((usd) => usd.toFixed(2)));
  });

  it('bills a REST API of 21,000 million requests 49,763.10', () => {
    const bill = billOf([resourceOf('AWS::ApiGateway::RestApi')], { 'a.requests': 21_000 });
    const steps = stepsOf(bill, 'a.requests');
    expect(steps).toEqual([1_165.5, 1_867.6, 45_220, 1_510]);
    expect(sum(steps)).toBeCloseTo(49_763.1, 2);
  });

  it('bills HTTP and WebSocket APIs by steps', () => {
    const http = billOf([resourceOf('aws_apigatewayv2_api', { protocol_type: 'HTTP' })], {
      'a.requests': 1_000,
    });
    expect(stepsOf(http, 'a.requests')).toEqual([300, 630]);
    const socket = resourceOf('aws_apigatewayv2_api', { protocol_type: 'WEBSOCKET' });
    const bill = billOf([socket], { 'a.messages': 1_500, 'a.connections': 10 });
    expect([stepsOf(bill, 'a.messages'), stepsOf(bill, 'a.connections')]).toEqual([[1_000, 400], [2.5]]);
  });

  it('bills express workflows 60.01 + 119.95 + 405.27 for 29,687.5 GB-hours', () => {
    const machine = resourceOf('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' });
    const bill = billOf([machine], { 'a.duration': 29_687.5, 'a.requests': 100 });
    expect(stepsOf(bill, 'a.duration').map((usd) => usd.toFixed(2))).toEqual(['60.01', '119.95', '405.27']);
    expect(stepsOf(bill, 'a.requests')).toEqual([100]);
  });

  it.each([
    ['us-east-1', [921.6, 3_481.6, 7_168, 170]],
    ['eu-west-1', [921.6, 3_481.6, 7_168, 170]],
    ['ap-northeast-1', [1_167.36, 3_645.44, 8_806.4, 285.6]],
    ['ap-south-1', [1_119.23, 3_481.6, 8_396.8, 272]],
  ])('bills egress from %s by its tiers', (region, expected) => {
    const first = { seller: 'aws', service: 'data-transfer', sku: 'internet out from 0 GB' } as const;
    const steps = laddersOf(catalogPrices)({ ...first, region, term: 'on-demand', unit: 'GB' });
    const billed = slicesOf(steps, 157_000).map(({ quantity, price }) => {
      const answer = catalogPrices.price(price);
      return answer.state === 'priced' ? (quantity * answer.usd.base).toFixed(2) : answer.why;
    });
    expect(billed).toEqual(expected.map((usd) => usd.toFixed(2)));
  });

  it('bills 100 TB of egress 7,987.20', () => {
    const first = { seller: 'aws', service: 'data-transfer', sku: 'internet out from 0 GB' } as const;
    const steps = laddersOf(catalogPrices)({ ...first, region: 'us-east-1', term: 'on-demand', unit: 'GB' });
    const billed = slicesOf(steps, 100 * GB_PER_TB).map(({ quantity, price }) => {
      const answer = catalogPrices.price(price);
      return answer.state === 'priced' ? quantity * answer.usd.base : Number.NaN;
    });
    expect(sum(billed)).toBeCloseTo(7_987.2, 2);
  });

  it('bills data through interface endpoints by steps', () => {
    const endpoint = resourceOf('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['s'] });
    const bill = billOf([endpoint], { 'a.data': 7e6 });
    // Infracost has 10,000, 24,000 and 8,000: its steps are of 1,000 TB, those of AWS's list of 1,048,576 GB.
    expect(stepsOf(bill, 'a.data')).toEqual([10_485.76, 25_165.824, 7_028.48]);
    expect(stepsOf(bill, 'a.hours')).toEqual([7.3]);
  });

  it('bills CloudFront through all seven steps', () => {
    const bill = billOf([resourceOf('AWS::CloudFront::Distribution')], { 'a.data': 12_340_000 });
    const steps = [870.4, 3_276.8, 6_144, 14_336, 16_097.28, 104_857.6, 141_942.4];
    expect(stepsOf(bill, 'a.data')).toEqual(steps);
  });

  it('bills rule evaluations, queries and certificates by steps', () => {
    expect(
      stepsOf(billOf([resourceOf('AWS::Config::ConfigRule')], { 'a.evaluations': 1e6 }), 'a.evaluations'),
    ).toEqual([100, 320, 250]);
    expect(
      stepsOf(billOf([resourceOf('AWS::Route53::HostedZone')], { 'a.queries': 1_100 }), 'a.queries'),
    ).toEqual([400, 20]);
    const authority = resourceOf('AWS::ACMPCA::CertificateAuthority');
    expect(stepsOf(billOf([authority], { 'a.certificates': 20_001 }), 'a.certificates')).toEqual([
      750, 3_150, 10.001,
    ]);
  });
});

describe('Infracost, what stands all month', () => {
  it.each([
    ['an EKS control plane', resourceOf('AWS::EKS::Cluster'), {}, 73],
    ['a NAT gateway and 100 GB', resourceOf('AWS::EC2::NatGateway'), { 'a.data': 100 }, 37.35],
    [
      'an application load balancer inside a network',
      resourceOf('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }),
      {},
      16.425,
    ],
    // Internal: Infracost counts no public addresses, which AWS bills since February 2024.
    [
      'a classic load balancer and 10 TB',
      resourceOf('aws_elb', { internal: true }),
      { 'a.data': 10_000 },
      98.25,
    ],
    ['a web ACL of 7 rules', resourceOf('aws_waf_web_acl', { rules: [1, 2, 3, 4, 5, 6, 7] }), {}, 12],
    [
      'a VPN to a transit gateway',
      resourceOf('aws_vpn_connection', { transit_gateway_id: 'x' }),
      { 'a.data': 100 },
      75,
    ],
    [
      'an EFS file system with throughput',
      resourceOf('aws_efs_file_system', { provisioned_throughput_in_mibps: 88.5 }),
      { 'a.storage': 230 },
      600,
    ],
    ['four shards', resourceOf('aws_kinesis_stream', { shard_count: 4 }), {}, 43.8],
    ['two resolver interfaces', resourceOf('aws_route53_resolver_endpoint'), {}, 182.5],
    [
      'two small brokers with 500 GB each',
      resourceOf('aws_msk_cluster', {
        number_of_broker_nodes: 2,
        broker_node_group_info: [
          { instance_type: 'kafka.t3.small', storage_info: [{ ebs_storage_info: [{ volume_size: 500 }] }] },
        ],
      }),
      {},
      166.576,
    ],
    ['an io1 volume', resourceOf('aws_ebs_volume', { type: 'io1', size: 30, iops: 300 }), {}, 23.25],
    [
      'a table that reserves capacity',
      resourceOf('aws_dynamodb_table', {
        billing_mode: 'PROVISIONED',
        read_capacity: 30,
        write_capacity: 20,
      }),
      {},
      12.337,
    ],
    [
      'a PostgreSQL instance',
      resourceOf('aws_db_instance', {
        engine: 'postgres',
        instance_class: 'db.t3.large',
        allocated_storage: 20,
      }),
      {},
      108.15,
    ],
  ])('bills %s', (_, resource, usage, usd) => {
    const { lines } = billOf([resource], usage);
    expect(sum(lines.map(({ item }) => item.monthlyUsd ?? 0))).toBeCloseTo(usd, 4);
    expect(lines.filter(({ item }) => item.state === 'unpriced')).toEqual([]);
  });

  it('bills Fargate tasks of 2 GB and 1 vCPU 6.49 and 29.55 each', () => {
    const task = resourceOf('AWS::ECS::TaskDefinition', { Cpu: '1024', Memory: '2048' }, 'task');
    const service = resourceOf('AWS::ECS::Service', {
      LaunchType: 'FARGATE',
      DesiredCount: 1,
      TaskDefinition: new ReferenceTo('task', null),
    });
    const bill = billOf([task, service]);
    expect([...stepsOf(bill, 'a.memory'), ...stepsOf(bill, 'a.cpu')].map((usd) => usd.toFixed(2))).toEqual([
      '6.49',
      '29.55',
    ]);
  });

  it('bills Aurora Serverless v2 438.00 for 5 ACU all month', () => {
    const cluster = resourceOf('AWS::RDS::DBCluster', {
      ServerlessV2ScalingConfiguration: { MinCapacity: 5 },
    });
    expect(stepsOf(billOf([cluster]), 'a.acu-floor')).toEqual([438]);
  });
});

describe('Bedrock and its stores, as published', () => {
  it('bills 1 million tokens in at 0.0008 and half a million out at 0.0016 a thousand 1.60', () => {
    const prices: typeof catalogPrices = {
      ...catalogPrices,
      price: (asked) => ({
        state: 'priced',
        id: asked.sku,
        unit: asked.unit,
        usd: { low: 0.8, base: asked.unit === '1M input tokens' ? 0.8 : 1.6, high: 1.6 },
        source: { id: 'awslabs', publisher: 'awslabs', asOf: '2025', method: 'secondary' },
        derived: false,
        basis: 'listed',
      }),
    };
    const profile = resourceOf('AWS::Bedrock::ApplicationInferenceProfile', {
      ModelSource: { CopyFrom: 'arn:aws:bedrock:us-east-1::foundation-model/example.model-v1' },
    });
    const bill = billOf([profile], { 'a.input': 1, 'a.output': 0.5 }, prices);
    expect(sum([...stepsOf(bill, 'a.input'), ...stepsOf(bill, 'a.output')])).toBeCloseTo(1.6, 4);
  });

  it('bills the least capacity of a collection 350.40, half of it without standby', () => {
    const floors = ['ENABLED', 'DISABLED'].map((StandbyReplicas) => {
      const collection = resourceOf('AWS::OpenSearchServerless::Collection', { StandbyReplicas });
      return stepsOf(billOf([collection]), 'a.ocu-floor');
    });
    expect(floors).toEqual([[350.4], [175.2]]);
  });

  it('bills the parts of 10 million vectors that have a listed rate below the published 11.38', () => {
    // 10 million × (1,024 dimensions × 4 bytes + metadata and key) is about 59 GB; the data processed by
    // queries depends on the size of the index, which the template does not say: s3-vectors-examples.test.ts has it.
    const index = resourceOf('AWS::S3Vectors::Index');
    const bill = billOf([index], { 'a.storage': 59, 'a.queries': 1 });
    expect(sum([...stepsOf(bill, 'a.storage'), ...stepsOf(bill, 'a.queries')])).toBeCloseTo(3.54 + 2.5, 2);
  });

  it('bills an imported model of 8 units 27.4464 an hour awake, and 2.2872 for one short question', () => {
    const perMinute = 8 * 0.05718;
    const awake = (seconds: number) => (billedSeconds(seconds, FIVE_MINUTES) / 60) * perMinute;
    expect([awake(3_600), awake(2), awake(301)]).toEqual([27.4464, 2.2872, 2 * 2.2872]);
  });
});
