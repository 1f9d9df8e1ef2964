import { describe, expect, it } from 'vitest';
import { judgeReservation } from '#lib/preflight/checks/capacity';
import {
  judgeCluster,
  judgeDefinition,
  judgeNamespace,
  judgeNodes,
  judgePermission,
  judgeStorage,
  type ClusterNode,
} from '#lib/preflight/checks/cluster';
import { judgeImage } from '#lib/preflight/checks/images';
import { judgeManagedModel, judgeSecret } from '#lib/preflight/checks/model';
import { judgeLibrary, judgeNode, judgeProgram } from '#lib/preflight/checks/tools';
import { isAtLeast } from '#lib/preflight/version';

const node = (name: string, change: Partial<ClusterNode> = {}): ClusterNode => ({
  name,
  isReady: true,
  isSchedulable: true,
  product: 'NVIDIA-H100-80GB-HBM3',
  allocatable: { 'nvidia.com/gpu': 8 },
  ...change,
});

describe('a version', () => {
  it.each([
    ['v1.35.2+k3s1', '1.35', true],
    ['1.9.0', '1.10', false],
    ['20.19.0', '20.19', true],
    ['2.1148.1', '2.1148.1', true],
    ['1.34.1', '1.34.2', false],
  ])('%s at least %s: %s', (version, least, is) => {
    expect(isAtLeast(version, least)).toBe(is);
  });
});

describe('tools', () => {
  it('must be there and new enough', () => {
    expect(judgeNode({ atLeast: '20.19' }, '18.20.1').state).toBe('failed');
    expect(judgeLibrary({ name: 'constructs', version: '10.7.2' }, null)).toMatchObject({
      state: 'failed',
      fix: 'npm install constructs@10.7.2',
    });
    expect(judgeLibrary({ name: 'constructs', version: '10.7.2' }, '10.8.0').state).toBe('warning');
  });

  it.each([
    [null, 'failed'],
    [{ name: 'cdk', version: '3.0.0' }, 'failed'],
    [{ name: 'cdk', version: '2.1000.0' }, 'failed'],
    [{ name: 'cdk', version: '2.1200.0' }, 'passed'],
  ])('of the CDK, %o is %s', (found, state) => {
    const asks = { names: ['cdk'], atLeast: '2.1148.1', major: 2, isOptional: false, install: 'npm i' };
    expect(judgeProgram(asks, found).state).toBe(state);
  });
});

describe('capacity', () => {
  const asks = { region: 'us-east-1', type: 'p5.48xlarge', nodes: 2, zones: ['us-east-1a'], purchase: 'capacity-block' }; // prettier-ignore
  const block = { id: 'cr-1', type: 'capacity-block', state: 'active', zone: 'us-east-1a', total: 2, available: 2, end: '2026-12-24T11:30:00.000Z' } as const; // prettier-ignore

  it.each([
    ['an active block', [block], 'passed'],
    ['a block that begins later', [{ ...block, state: 'scheduled' }], 'failed'],
    ['a block that is too small', [{ ...block, available: 1 }], 'failed'],
    ['a block of another zone', [{ ...block, zone: 'us-east-1b' }], 'failed'],
    ['a reservation that is no block', [{ ...block, type: 'default' as const }], 'failed'],
    ['nothing', [], 'failed'],
  ])('bought as blocks, %s: %s', (_, reservations, state) => {
    expect(judgeReservation(asks, reservations).state).toBe(state);
  });

  it('says when a block ends', () => {
    expect(judgeReservation(asks, [block]).text).toContain('until 2026-12-24');
  });
});

describe('a cluster', () => {
  const asks = { role: 'workload', version: '1.35', atLeast: '1.23', isMade: false } as const;
  const gone = { isReachable: false, why: 'connection refused' } as const;

  it('fails where it must exist and does not answer, and is skipped where a stack makes it', () => {
    expect(judgeCluster(asks, gone).state).toBe('failed');
    expect(judgeCluster({ ...asks, isMade: true }, gone).state).toBe('skipped');
  });

  it.each([
    ['1.35.2', 'passed'],
    ['1.33.1', 'warning'],
    ['1.22.9', 'failed'],
  ])('of Kubernetes %s: %s', (version, state) => {
    expect(judgeCluster(asks, { isReachable: true, context: 'prod', version }).state).toBe(state);
  });

  const nodes = { role: 'workload', resource: 'nvidia.com/gpu', perNode: 8, nodes: 2, product: 'NVIDIA-H100-80GB-HBM3' } as const; // prettier-ignore
  it.each([
    ['both ready', [node('a'), node('b')], 'passed', '2 of 2'],
    ['one cordoned', [node('a'), node('b', { isSchedulable: false })], 'failed', 'cordoned: b'],
    ['one with fewer', [node('a'), node('b', { allocatable: { 'nvidia.com/gpu': 4 } })], 'failed', '1 of 2'],
    ['others', [node('a', { product: 'NVIDIA-L40S' })], 'failed', 'labelled NVIDIA-L40S'],
    ['none with devices', [node('a', { allocatable: {}, product: null })], 'failed', '0 of 2'],
  ])('with %s', (_, found, state, text) => {
    expect(judgeNodes(nodes, found)).toMatchObject({ state, text: expect.stringContaining(text) as string });
  });

  const definition = { role: 'workload', group: 'keda.sh', version: 'v1alpha1', kinds: ['ScaledObject'] } as const; // prettier-ignore
  it.each([
    ['absent', null, 'failed'],
    ['served', { versions: ['v1alpha1'], kinds: ['ScaledObject', 'ScaledJob'] }, 'passed'],
    ['served in another version', { versions: ['v1'], kinds: [] }, 'failed'],
    ['served without the kind', { versions: ['v1alpha1'], kinds: ['ScaledJob'] }, 'failed'],
  ])('whose definition is %s', (_, found, state) => {
    expect(judgeDefinition(definition, found).state).toBe(state);
  });

  it('needs no definition that an earlier stack brings', () => {
    expect(judgeDefinition({ ...definition, chart: 'keda 2.20.2' }, null)).toMatchObject({
      state: 'passed',
      text: 'keda.sh/v1alpha1 comes with the chart keda 2.20.2',
    });
  });

  it.each([
    [{ classes: ['fast'], usesDefault: false }, { classes: ['fast'], default: null }, 'passed'],
    [{ classes: ['fast'], usesDefault: false }, { classes: ['slow'], default: 'slow' }, 'failed'],
    [{ classes: [], usesDefault: true }, { classes: ['slow'], default: 'slow' }, 'passed'],
    [{ classes: [], usesDefault: true }, { classes: ['slow'], default: null }, 'failed'],
  ])('whose claims ask %o of %o', (claims, found, state) => {
    expect(judgeStorage({ role: 'workload', ...claims }, found).state).toBe(state);
  });

  const ours = { 'app.kubernetes.io/managed-by': 'landfall', 'app.kubernetes.io/part-of': 'support' };
  it.each([
    ['none', null, 'passed'],
    ['its own', { ...ours, 'pod-security.kubernetes.io/enforce': 'restricted' }, 'passed'],
    ['its own, loosened', { ...ours, 'pod-security.kubernetes.io/enforce': 'baseline' }, 'warning'],
    ['somebody else’s', { 'pod-security.kubernetes.io/enforce': 'restricted' }, 'warning'],
  ])('with a namespace that is %s', (_, labels, state) => {
    const namespace = { role: 'workload', name: 'support', podSecurity: 'restricted', environment: 'support' } as const; // prettier-ignore
    expect(judgeNamespace(namespace, labels).state).toBe(state);
  });

  const rights = { role: 'workload', namespace: 'support', kinds: [{ apiVersion: 'apps/v1', kind: 'Deployment' }] } as const; // prettier-ignore
  it.each([
    [[], [], 'passed'],
    [['deployments.apps'], [], 'failed'],
    [[], ['apps/v1 Deployment'], 'skipped'],
  ])('where %o is denied and %o not served', (denied, unknown, state) => {
    expect(judgePermission(rights, { denied, unknown }).state).toBe(state);
  });
});

describe('an image', () => {
  it.each([
    [`vllm/vllm-openai@sha256:${'a'.repeat(64)}`, 'passed'],
    ['vllm/vllm-openai:v0.26.0', 'passed'],
    ['registry.example:5000/vllm:v0.26.0', 'passed'],
    ['registry.example:5000/vllm', 'failed'],
    ['vllm/vllm-openai:latest', 'failed'],
    ['vllm/vllm-openai', 'failed'],
  ])('%s: %s', (image, state) => {
    expect(judgeImage(image).state).toBe(state);
  });
});

describe('a model', () => {
  const asks = { region: 'us-east-1', modelId: 'm' };
  const may = { agreement: 'AVAILABLE', isAuthorized: true, isEntitled: true, isInRegion: true };
  it.each([
    [may, 'passed'],
    [null, 'failed'],
    [{ ...may, isInRegion: false }, 'failed'],
    [{ ...may, agreement: 'NOT_AVAILABLE' }, 'failed'],
    [{ ...may, agreement: 'PENDING' }, 'warning'],
    [{ ...may, isAuthorized: false }, 'failed'],
    [{ ...may, isEntitled: false }, 'failed'],
  ])('of which %o is known: %s', (found, state) => {
    expect(judgeManagedModel(asks, found).state).toBe(state);
  });

  it('that is gated is told which secret it needs', () => {
    const secret = { namespace: 'support', name: 'hugging-face', keys: ['token'], why: 'gated' };
    expect(judgeSecret(secret, true).state).toBe('passed');
    expect(judgeSecret(secret, false).fix).toBe(
      'kubectl -n support create secret generic hugging-face --from-literal=token="$HF_TOKEN"',
    );
  });
});
