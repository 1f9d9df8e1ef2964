import { describe, expect, it } from 'vitest';
import { readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import { billLines, billOf, resourceOf } from '../../../_support/artifact-bills';

const CLUSTER = resourceOf('AWS::EKS::Cluster', {}, 'cluster');
const NODES = resourceOf(
  'AWS::EKS::Nodegroup',
  { InstanceTypes: ['m6i.xlarge'], ScalingConfig: { DesiredSize: 1 } },
  'nodes',
);

const objects = (...documents: readonly object[]) =>
  documents.flatMap((document) => readManifestText('objects.json', JSON.stringify(document)) ?? []);

/** Lines of the objects alone, on a cluster of AWS. */
function bill(...documents: readonly object[]) {
  const { lines, ...rest } = billOf([CLUSTER, NODES, ...objects(...documents)]);
  return { ...rest, lines: lines.filter(({ address }) => address.startsWith('kubernetes/')) };
}

const named = (apiVersion: string, kind: string, more: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'x', ...(more as { metadata?: object }).metadata },
  ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'metadata')),
});
const claim = (storage: string, storageClassName?: string) => ({
  storageClassName,
  resources: { requests: { storage } },
});

describe('volumes of Kubernetes', () => {
  it('are those that their storage class makes, with its throughput', () => {
    const fast = named('storage.k8s.io/v1', 'StorageClass', {
      metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', iops: '4000', throughput: '225' },
    });
    const lines = billLines(bill(fast, named('v1', 'PersistentVolumeClaim', { spec: claim('200Gi') })));
    // 200 × 0.08, 1,000 × 0.005 and 100 × 0.04 USD: the list prices of us-east-1.
    expect(lines.slice(1)).toEqual([
      'gp3 volume | 200 | GB-month | 16 | priced',
      'gp3 volume-iops | 1000 | IOPS-month | 5 | priced',
      'gp3 volume-throughput | 100 | MBps-month | 4 | priced',
    ]);
  });

  it('of a StatefulSet stand once for each of its pods', () => {
    const set = named('apps/v1', 'StatefulSet', {
      spec: { replicas: 3, template: {}, volumeClaimTemplates: [{ spec: claim('100Gi', 'gp3') }] },
    });
    expect(billLines(bill(set))).toEqual(['gp3 volume | 300 | GB-month | 24 | priced']);
  });

  it.each([
    ['apps/v1', 'Deployment', { replicas: 'abc', template: {} }],
    ['apps/v1', 'StatefulSet', { replicas: -3, volumeClaimTemplates: [{ spec: claim('100Gi', 'gp3') }] }],
    ['batch/v1', 'Job', { parallelism: 1.5, template: {} }],
    [
      'leaderworkerset.x-k8s.io/v1',
      'LeaderWorkerSet',
      { replicas: 2, leaderWorkerTemplate: { size: 'two' } },
    ],
    ['postgresql.cnpg.io/v1', 'Cluster', { instances: 'three', storage: { size: '10Gi' } }],
  ])('of %s %s are unpriced where the number of its pods is none', (apiVersion, kind, spec) => {
    expect(bill(named(apiVersion, kind, { spec })).lines.map(({ item }) => [item.state, item.basis])).toEqual(
      [['unpriced', 'the number of its pods is no whole number of 0 or more']],
    );
  });

  it.each([undefined, 'ebs-sc'])('of the undeclared class %s are assumed to be gp3 on AWS', (name) => {
    const { lines } = bill(named('v1', 'PersistentVolumeClaim', { spec: claim('100Gi', name) }));
    expect(lines[0]?.item).toMatchObject({ monthlyUsd: 8, assumed: true });
    expect(lines[0]?.item.basis).toMatch(/assumed is gp3: a volume of /);
  });

  it('of an undeclared class of EFS are folders of its file system', () => {
    const { lines } = bill(named('v1', 'PersistentVolumeClaim', { spec: claim('100Gi', 'efs-sc') }));
    expect(lines[0]?.item).toMatchObject({ state: 'free' });
  });

  it('are priced beside pods whose nodes nobody knows, which stay open', () => {
    const set = named('apps/v1', 'StatefulSet', {
      spec: { replicas: 3, template: {}, volumeClaimTemplates: [{ spec: claim('100Gi', 'gp3') }] },
    });
    const { lines, counts } = billOf(objects(set));
    expect(lines.map(({ item }) => [item.state, item.monthlyUsd])).toEqual([
      ['priced', 24],
      ['unpriced', null],
    ]);
    expect(lines[1]?.item.basis).toMatch(/nodes that these artifacts do not hold/);
    expect(counts).toMatchObject({ priced: 0, unpriced: 1 });
  });

  it.each([
    ['nobody-knows', undefined, /the storage class nobody-knows, which these artifacts do not declare/],
    ['own', 'example.com/own', /whose maker example\.com\/own is not known here/],
    ['shared', 'efs.csi.aws.com', /a folder of its file system/],
    ['local', 'rancher.io/local-path', /on the disks of its node/],
  ])('of the class %s by %s say why they have no price', (name, provisioner, why) => {
    const declared =
      provisioner === undefined
        ? []
        : [named('storage.k8s.io/v1', 'StorageClass', { metadata: { name }, provisioner })];
    const { lines } = bill(...declared, named('v1', 'PersistentVolumeClaim', { spec: claim('1Gi', name) }));
    expect(lines.at(-1)?.item.basis).toMatch(why);
  });
});

describe('objects that an operator makes a database of', () => {
  const postgres = (spec: object) => named('postgresql.cnpg.io/v1', 'Cluster', { spec });
  const milvus = (spec: object) => named('milvus.io/v1beta1', 'Milvus', { spec });
  const inCluster = (values: object) => ({ inCluster: { values } });

  it('claim a volume of each kind for each instance of PostgreSQL', () => {
    const cluster = postgres({
      instances: 3,
      storage: { size: '100Gi', storageClass: 'gp3' },
      walStorage: { size: '10Gi', storageClass: 'gp3' },
    });
    expect(billLines(bill(cluster))).toEqual([
      'gp3 volume | 300 | GB-month | 24 | priced',
      'gp3 volume-1 | 30 | GB-month | 2.4 | priced',
    ]);
  });

  it('are no other objects of the same kind', () => {
    const cluster = named('cluster.x-k8s.io/v1beta2', 'Cluster', { spec: { storage: { size: '100Gi' } } });
    expect(bill(cluster).lines.map(({ item }) => item.state)).toEqual(['free']);
  });

  it('claim the volumes of the charts that Milvus has installed, in the number of its mode', () => {
    const dependencies = (mode: object) => ({
      msgStreamType: 'woodpecker',
      etcd: inCluster({ persistence: { size: '10Gi', storageClass: 'gp3' } }),
      storage: inCluster({ ...mode, persistence: { size: '50Gi', storageClass: 'gp3' } }),
    });
    const quantities = (spec: object) => bill(milvus(spec)).lines.map(({ item }) => item.quantity);
    expect(quantities({ mode: 'cluster', dependencies: dependencies({}) })).toEqual([30, 200]);
    expect(quantities({ mode: 'cluster', dependencies: dependencies({ replicas: 8 }) })).toEqual([30, 400]);
    expect(quantities({ dependencies: dependencies({}) })).toEqual([10, 50]);
    expect(quantities({ dependencies: { ...dependencies({}), etcd: { external: true } } })).toEqual([50]);
  });

  it('say what stays open: a queue of its own chart, a size that is not stated', () => {
    const external = { external: true };
    const first = (dependencies: object) =>
      bill(milvus({ mode: 'cluster', dependencies })).lines[0]?.item ?? null;
    const elsewhere = { etcd: external, storage: { type: 'S3', external: true } };
    expect(first({ ...elsewhere, msgStreamType: 'kafka' })?.basis).toContain('volumes of kafka');
    expect(first({ ...elsewhere, msgStreamType: 'kafka', kafka: external })?.state).toBe('free');
    expect(first({ msgStreamType: 'woodpecker' })?.basis).toContain('storage is not stated');
  });
});

describe('load balancers of Kubernetes', () => {
  const service = (annotations: object, spec: object = {}) =>
    named('v1', 'Service', { metadata: { annotations }, spec: { type: 'LoadBalancer', ...spec } });

  it('are network ones where they are asked for, and classic ones else', () => {
    const external = { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' };
    expect(bill(service(external)).lines.map(({ priceId }) => priceId)).toEqual([
      'aws/elb/NLB/us-east-1/on-demand/hour',
      'aws/elb/NLB LCU/us-east-1/on-demand/LCU-hour',
    ]);
    const classed = service({}, { loadBalancerClass: 'service.k8s.aws/nlb' });
    expect(bill(classed).lines[0]?.item.label).toBe('NLB');
    expect(bill(service({})).lines[0]?.item.label).toBe('classic load balancer');
    expect(bill(named('v1', 'Service', { spec: {} })).lines[0]?.item.state).toBe('free');
  });

  it('are one for all routes of a group', () => {
    const route = (name: string) =>
      named('networking.k8s.io/v1', 'Ingress', {
        metadata: { name, annotations: { 'alb.ingress.kubernetes.io/group.name': 'shop' } },
        spec: { ingressClassName: 'alb' },
      });
    const hours = bill(route('a'), route('b')).lines.filter(({ item }) => item.label === 'ALB');
    expect(hours.map(({ item }) => item.quantity)).toEqual([730, 0]);
  });

  it('of a cluster whose cloud nobody names have no price', () => {
    expect(billOf(objects(service({}))).lines[0]?.item).toMatchObject({
      state: 'unpriced',
      basis: expect.stringContaining('the cluster’s cloud'),
    });
  });
});

describe('other objects of Kubernetes', () => {
  it('are unpriced where their pods run on nodes that nobody names', () => {
    const deployment = named('apps/v1', 'Deployment', { spec: { template: {} } });
    expect(billOf(objects(deployment)).lines[0]?.item).toMatchObject({ state: 'unpriced' });
    expect(bill(deployment).lines[0]?.item).toMatchObject({ state: 'free' });
    const fargate = resourceOf('AWS::EKS::FargateProfile', {}, 'fargate');
    expect(billOf([...objects(deployment), fargate]).lines[0]?.item).toMatchObject({ state: 'free' });
  });

  it('are all accounted for, whatever a cluster was taught', () => {
    const { unaccounted, lines } = bill(
      named('example.com/v1', 'Widget', {}),
      named('s3.services.k8s.aws/v1alpha1', 'Bucket', {}),
      named('karpenter.sh/v1', 'NodePool', {}),
    );
    expect(unaccounted).toEqual([]);
    expect(lines.map(({ item }) => item.state)).toEqual(['free', 'unpriced', 'unpriced']);
  });

  it('are nodes where a cluster lists them', () => {
    const labels = { 'node.kubernetes.io/instance-type': 'm6i.xlarge', 'karpenter.sh/capacity-type': 'spot' };
    expect(bill(named('v1', 'Node', { metadata: { labels } })).lines[0]?.priceId).toBe(
      'aws/ec2-spot/m6i.xlarge/us-east-1/spot/instance-hour',
    );
  });

  it('that a chart would bring are unknown until it is rendered', () => {
    const release = (chart: string) => resourceOf('helm_release', { chart }, chart);
    const { lines } = billOf([
      release('oci://example.com/charts/shop'),
      release('oci://registry.example.com/lws/charts/lws'),
    ]);
    expect(lines.map(({ item }) => item.state)).toEqual(['unpriced', 'free']);
    expect(lines[0]?.item.basis).toContain('helm template shop');
  });
});
