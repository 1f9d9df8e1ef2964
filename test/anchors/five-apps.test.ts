import { describe, expect, it } from 'vitest';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { estimateOf } from '../_support/artifact-bills';
import { memoryFiles } from '../lib/artifacts/memory-files';

const HOURS = 730;

/** Lines of a month that cost something, by key without the app's name, and their sum. */
function bill(files: Readonly<Record<string, unknown>>, app: string, usage: Record<string, number> = {}) {
  const { resources } = readArtifacts(memoryFiles(files), app, { region: 'us-east-1' });
  const { estimate } = estimateOf(resources, { usage });
  const paid = estimate.lines.filter(({ monthlyUsd }) => (monthlyUsd ?? 0) > 0);
  return {
    lines: Object.fromEntries(paid.map(({ key, monthlyUsd }) => [key, monthlyUsd])),
    total: estimate.totals.monthlyUsd.base,
    unpriced: estimate.unpriced,
  };
}

/** Held to the cent, line by line and in the sum: what a month costs by the list prices of us-east-1. */
function expectBill(found: ReturnType<typeof bill>, byHand: Readonly<Record<string, number>>) {
  expect(found.unpriced).toEqual([]);
  expect(Object.keys(found.lines).toSorted()).toEqual(Object.keys(byHand).toSorted());
  for (const [key, usd] of Object.entries(byHand)) {
    expect(found.lines[key]).toBeCloseTo(usd, 2);
  }
  const sum = Object.values(byHand).reduce((total, usd) => total + usd, 0);
  expect(found.total).toBeCloseTo(sum, 2);
}

// Five kinds of public samples, each rebuilt from its list of resources, and their bills added up by hand from the list
// prices of AWS as the price pages have them.
describe('the bills of five apps are those added up by hand', () => {
  it('a cluster of ECS on instances behind a balancer, in nested stacks beside their template', () => {
    const network = {
      Resources: {
        NatA: { Type: 'AWS::EC2::NatGateway', Properties: {} },
        NatB: { Type: 'AWS::EC2::NatGateway', Properties: {} },
        AddressA: { Type: 'AWS::EC2::EIP', Properties: {} },
        AddressB: { Type: 'AWS::EC2::EIP', Properties: {} },
        Balancer: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Subnets: ['subnet-a', 'subnet-b'], Scheme: 'internet-facing' },
        },
      },
    };
    const cluster = {
      Parameters: { Type: { Type: 'String', Default: 't3.micro' }, Size: { Type: 'Number' } },
      Resources: {
        Cluster: { Type: 'AWS::ECS::Cluster' },
        Group: {
          Type: 'AWS::AutoScaling::AutoScalingGroup',
          Properties: {
            MinSize: { Ref: 'Size' },
            MaxSize: 8,
            LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' },
          },
        },
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { InstanceType: { Ref: 'Type' } } },
        },
        Logs: { Type: 'AWS::Logs::LogGroup' },
      },
    };
    const url = (name: string) => ({
      'Fn::Sub': `https://s3.amazonaws.com/\${Bucket}/reference/infrastructure/${name}.yaml`,
    });
    const master = {
      Parameters: { Bucket: { Type: 'String', Default: 'templates' } },
      Resources: {
        Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url('network') } },
        Ecs: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: url('cluster'), Parameters: { Type: 't3.large', Size: 4 } },
        },
      },
    };
    const found = bill(
      {
        'app/master.json': master,
        'app/infrastructure/network.yaml': network,
        'app/infrastructure/cluster.yaml': cluster,
      },
      'app/master.json',
      {
        'master/Network/NatA.data': 100,
        'master/Network/Balancer.capacity': HOURS,
        'master/Ecs/Logs.ingested': 10,
      },
    );
    expectBill(found, {
      'master/Network/NatA.hours': HOURS * 0.045,
      'master/Network/NatB.hours': HOURS * 0.045,
      'master/Network/NatA.data': 100 * 0.045,
      'master/Network/AddressA.hours': HOURS * 0.005,
      'master/Network/AddressB.hours': HOURS * 0.005,
      'master/Network/Balancer.hours': HOURS * 0.0225,
      'master/Network/Balancer.capacity': HOURS * 0.008,
      'master/Network/Balancer.addresses': 2 * HOURS * 0.005,
      'master/Ecs/Group.instance': 4 * HOURS * 0.0832,
      // Their image has a root volume that no template states: 8 GB of gp3, as Amazon Linux has.
      'master/Ecs/Group.root-volume': 4 * 8 * 0.08,
      'master/Ecs/Logs.ingested': 10 * 0.5,
    });
  });

  it('a database of Aurora in Terraform: a writer and a reader, each between its bounds', () => {
    const main = {
      resource: {
        aws_rds_cluster: {
          main: {
            engine: 'aurora-postgresql',
            serverlessv2_scaling_configuration: { min_capacity: 1, max_capacity: 10 },
          },
        },
        aws_rds_cluster_instance: {
          one: {
            count: 2,
            cluster_identifier: '${aws_rds_cluster.main.id}',
            instance_class: 'db.serverless',
          },
        },
        aws_db_subnet_group: { main: {} },
      },
    };
    const found = bill({ 'app/main.tf.json': main }, 'app', {
      'aws_rds_cluster.main.storage': 100,
      'aws_rds_cluster.main.io': 50,
    });
    expectBill(found, {
      'aws_rds_cluster.main.acu-floor': 2 * HOURS * 0.12,
      'aws_rds_cluster.main.storage': 100 * 0.1,
      'aws_rds_cluster.main.io': 50 * 0.2,
    });
  });

  it('a model server on EKS whose nodes Karpenter buys, from manifests', () => {
    const metadata = (name: string) => ({ metadata: { name } });
    const pool = {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      ...metadata('gpu'),
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'gpu' },
            taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
            requirements: [
              { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g6e', 'p5'] },
              { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            ],
          },
        },
      },
    };
    const nodeClass = {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      ...metadata('gpu'),
      spec: { blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: '200Gi' } }] },
    };
    const requests = { cpu: '3', memory: '24Gi', 'nvidia.com/gpu': 1 };
    const server = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      ...metadata('vllm'),
      spec: {
        replicas: 2,
        template: {
          spec: {
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
            containers: [{ name: 'vllm', resources: { limits: requests } }],
          },
        },
      },
    };
    const front = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'front',
        annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' },
      },
      spec: { type: 'LoadBalancer' },
    };
    const weights = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...metadata('weights'),
      spec: { storageClassName: 'gp3', resources: { requests: { storage: '500Gi' } } },
    };
    const list = { apiVersion: 'v1', kind: 'List', items: [pool, nodeClass, server, front, weights] };
    const found = bill({ 'all.json': list }, 'all.json', { 'kubernetes/Service/front.capacity': HOURS });
    expectBill(found, {
      // One GPU each: two of the smallest type, of 4 vCPUs and 32 GiB.
      'nodes/gpu/g6e.xlarge.instance': 2 * HOURS * 1.861,
      'nodes/gpu/g6e.xlarge.root-volume': 2 * 200 * 0.08,
      'kubernetes/Service/front.hours': HOURS * 0.0225,
      'kubernetes/Service/front.capacity': HOURS * 0.006,
      'kubernetes/PersistentVolumeClaim/weights.volume': 500 * 0.08,
    });
  });

  it('a chatbot over documents: an endpoint, a collection of vectors, functions and a table', () => {
    const chatbot = {
      Resources: {
        Model: { Type: 'AWS::SageMaker::Model', Properties: {} },
        Config: {
          Type: 'AWS::SageMaker::EndpointConfig',
          Properties: {
            ProductionVariants: [
              { InstanceType: 'ml.g5.2xlarge', InitialInstanceCount: 1, VariantName: 'all' },
            ],
          },
        },
        Endpoint: {
          Type: 'AWS::SageMaker::Endpoint',
          Properties: { EndpointConfigName: { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] } },
        },
        Vectors: {
          Type: 'AWS::OpenSearchServerless::Collection',
          Properties: { Name: 'vectors', Type: 'VECTORSEARCH' },
        },
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
        Answer: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1024 } },
        Documents: { Type: 'AWS::S3::Bucket' },
      },
    };
    const found = bill({ 'chat.json': chatbot }, 'chat.json', {
      'chat/Answer.requests': 2,
      'chat/Answer.duration': 1_000_000,
      'chat/Documents.storage': 100,
    });
    expectBill(found, {
      'chat/Endpoint.instance': HOURS * 1.515,
      'chat/Vectors.ocu-floor': 2 * HOURS * 0.24,
      'chat/Key.key': 1,
      'chat/Answer.requests': 2 * 0.2,
      'chat/Answer.duration': 1_000_000 * 0.0000166667,
      'chat/Documents.storage': 100 * 0.023,
    });
  });

  it('an application of the Serverless Application Model: an API, a function, a queue, a workflow', () => {
    const orders = {
      Transform: 'AWS::Serverless-2016-10-31',
      Globals: { Function: { MemorySize: 512, Architectures: ['arm64'] } },
      Resources: {
        Take: {
          Type: 'AWS::Serverless::Function',
          Properties: { Events: { Post: { Type: 'Api', Properties: { Path: '/', Method: 'post' } } } },
        },
        Queue: { Type: 'AWS::SQS::Queue' },
        Ship: { Type: 'AWS::Serverless::StateMachine', Properties: {} },
        Orders: { Type: 'AWS::Serverless::SimpleTable', Properties: {} },
      },
    };
    const found = bill({ 'orders.json': orders }, 'orders.json', {
      'orders/ServerlessRestApi.requests': 2,
      'orders/Take.requests': 2,
      'orders/Take.duration': 200_000,
      'orders/Queue.requests': 3,
      'orders/Ship.transitions': 40,
      'orders/Orders.storage': 25,
    });
    expectBill(found, {
      'orders/ServerlessRestApi.requests': 2 * 3.5,
      'orders/Take.requests': 2 * 0.2,
      'orders/Take.duration': 200_000 * 0.0000133334,
      'orders/Queue.requests': 3 * 0.4,
      'orders/Ship.transitions': 40 * 0.025,
      'orders/Orders.storage': 25 * 0.25,
    });
  });
});
