import { describe, expect, it } from 'vitest';
import { billLines, estimateOf, resourceOf } from '../../../_support/artifact-bills';
import { GPU, nodePool, objects, types, workload } from '../../../_support/kubernetes-apps';

/** `address: label | quantity | unit | USD` of what the nodes cost. */
function nodeLines(...parameters: Parameters<typeof estimateOf>) {
  const { bill } = estimateOf(...parameters);
  return billLines({ ...bill, lines: bill.lines.filter(({ type }) => type === 'v1/Node') });
}

// m5.large: 0.096 USD an hour, 1.93 CPUs and 6.74 GiB for pods; gp3: 0.08 USD for a GB and month.
describe('nodes that a NodePool buys', () => {
  it('are as many as hold the requests of the pods, each with its root volume', () => {
    const web = workload('Deployment', 'web', { cpu: '900m', memory: '1Gi' }, { replicas: 3 });
    // Two pods of 0.9 CPUs to a node: 2 nodes × 730 h × 0.096 USD, and 2 × 20 GB.
    expect(nodeLines(objects(nodePool('default', [types('m5.large')]), web))).toEqual([
      'm5.large, on-demand | 1460 | instance-hour | 140.16 | priced',
      'gp3 root-volume | 40 | GB-month | 3.2 | priced',
    ]);
  });

  it('leave room for the agents of every node', () => {
    const agent = workload('DaemonSet', 'agent', { cpu: '500m' });
    const web = workload('Deployment', 'web', { cpu: '900m' }, { replicas: 3 });
    // 1.93 − 0.5 CPUs hold one pod of 0.9.
    expect(nodeLines(objects(nodePool('default', [types('m5.large')]), web, agent))[0]).toMatch(
      /^m5\.large, on-demand \| 2190 /,
    );
  });

  it('are of the type that holds all for the least, among those that its requirements allow', () => {
    const family = { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g6e'] };
    const small = { key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'Lt', values: ['8'] };
    const models = workload('Deployment', 'models', GPU, { replicas: 3 });
    // 3 × 1.861 USD an hour, where the least with four GPUs is 10.49264.
    expect(nodeLines(objects(nodePool('gpu', [family, small]), models))[0]).toBe(
      'g6e.xlarge, on-demand | 2190 | instance-hour | 4075.59 | priced',
    );
  });

  it('go to pods that tolerate their taints, by the weight of the pools', () => {
    const taints = [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }];
    const tolerations = [{ key: 'nvidia.com/gpu', operator: 'Exists' }];
    const pools = [
      nodePool('spare', [types('m5.xlarge')]),
      nodePool('first', [types('m5.large')], {}, { weight: 10 }),
      nodePool('gpu', [types('g6e.xlarge')], { taints }, { weight: 50 }),
    ];
    const { bill } = estimateOf(
      objects(
        ...pools,
        workload('Deployment', 'web', { cpu: '1' }),
        workload('Deployment', 'model', GPU, { pod: { tolerations } }),
      ),
    );
    const nodes = bill.lines.filter(({ type }) => type === 'v1/Node').map(({ address }) => address);
    expect(nodes).toEqual(expect.arrayContaining(['nodes/first/m5.large', 'nodes/gpu/g6e.xlarge']));
    expect(nodes.some((address) => address.includes('spare'))).toBe(false);
  });

  it('are not bought for pods that find room on nodes which stand', () => {
    const group = resourceOf(
      'AWS::EKS::Nodegroup',
      { InstanceTypes: ['m6i.xlarge'], ScalingConfig: { DesiredSize: 1 } },
      'nodes',
    );
    const pool = nodePool('default', [types('m5.large')]);
    const web = (replicas: number) => workload('Deployment', 'web', { cpu: '1' }, { replicas });
    expect(nodeLines([group, ...objects(pool, web(4))])).toEqual([]);
    expect(nodeLines([group, ...objects(pool, web(5))])).not.toEqual([]);
  });

  it('say so where no type takes a pod', () => {
    const huge = workload('Deployment', 'huge', { cpu: '3' });
    const { estimate } = estimateOf(objects(nodePool('default', [types('m5.large')]), huge));
    expect(estimate.lines.find(({ key }) => key.includes('huge'))).toMatchObject({
      state: 'unpriced',
      basis: expect.stringContaining('takes a pod of 3 CPUs and 0 GiB'),
    });
  });
});

describe('pods of manifests without nodes', () => {
  const web = workload('Deployment', 'web', { cpu: '900m', memory: '3Gi' }, { replicas: 2 });

  it('stand on assumed nodes, whose line and note say so', () => {
    const { estimate, bill } = estimateOf(objects(web));
    const line = bill.lines.find(({ type }) => type === 'v1/Node');
    // 1.8 CPUs and 6 GiB: two vCPUs with 8 GiB; of those the AMD type of the fifth generation is the cheapest.
    expect(line?.item).toMatchObject({ label: 'm5a.large, on-demand', quantity: 730, assumed: true });
    expect(line?.item.monthlyUsd).toBeCloseTo(730 * 0.086, 2);
    expect(estimate.notes).toContainEqual(expect.stringMatching(/1 × m5a\.large are assumed/));
    expect(estimate.prices.assumedShare).toBe(1);
  });

  it('take the type that the user names, as many as they ask for', () => {
    const { bill } = estimateOf(objects(web), { nodeTypes: [{ type: 'm5.large', term: 'on-demand' }] });
    const line = bill.lines.find(({ type }) => type === 'v1/Node');
    expect(line?.item).toMatchObject({ monthlyUsd: 70.08, assumed: false, derived: true });
  });

  it('bring along the share of Auto Mode where the cluster has it', () => {
    const cluster = resourceOf('AWS::EKS::Cluster', { ComputeConfig: { Enabled: true } }, 'cluster');
    const lines = nodeLines([cluster, ...objects(web)]);
    // 730 × 0.086 = 62.78 USD, of which 12 %.
    expect(lines).toContain('Auto Mode, of what its nodes cost | 62.78 | USD | 7.5336 | priced');
    const own = estimateOf([cluster, ...objects(web)]).bill.lines.filter(
      ({ address }) => address === 'cluster',
    );
    expect(own.map(({ item }) => item.label)).toEqual(['EKS control plane']);
  });

  it('of jobs cost the hours that they run, by the file of usage', () => {
    const job = workload('CronJob', 'report', { cpu: '1500m' });
    const { bill } = estimateOf(objects(nodePool('default', [types('m5.large')]), job), {
      usage: { 'kubernetes/CronJob/report.run.runs': 30, 'kubernetes/CronJob/report.run.seconds-each': 3600 },
    });
    expect(bill.lines.find(({ type }) => type === 'batch/v1/CronJob')?.item).toMatchObject({
      state: 'usage',
      quantity: 30,
      monthlyUsd: 2.88,
    });
  });

  it.each([
    ['cloud.google.com/gke-accelerator', /Google Kubernetes Engine/],
    ['kubernetes.azure.com/agentpool', /Azure Kubernetes Service/],
  ])('that select %s are of another cloud, and are not taken for AWS', (key, why) => {
    const elsewhere = workload('Deployment', 'web', { cpu: '1' }, { pod: { nodeSelector: { [key]: 'x' } } });
    const { lines } = estimateOf(objects(elsewhere)).estimate;
    expect(lines).toMatchObject([{ state: 'unpriced', basis: expect.stringMatching(why) }]);
  });

  it('are none where only spot is allowed and no price of it is known, and the line says how to get one', () => {
    const spot = { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] };
    const web = workload('Deployment', 'web', { cpu: '900m' });
    const { bill } = estimateOf(objects(nodePool('spare', [types('m5.large'), spot]), web));
    expect(bill.lines.find(({ address }) => address.includes('web'))?.item.basis).toMatch(
      /no type with a known price of spare .*; spot alone is allowed: `landfall catalog refresh --live/,
    );
  });

  it('that ask for no pods cost nothing', () => {
    const none = workload('Deployment', 'web', { cpu: '1' }, { replicas: 0 });
    expect(estimateOf(objects(none)).estimate.lines).toMatchObject([{ state: 'free' }]);
  });
});
