import { describe, expect, it } from 'vitest';
import { Unresolved } from '#lib/artifacts/resource';
import { acceleratorOfResource } from '#lib/cost/kubernetes/accelerator-resources';
import { podDemand } from '#lib/cost/kubernetes/pod-demand';
import { quantityOf } from '#lib/cost/kubernetes/quantity';

const requests = (cpu: unknown, memory: unknown, more: object = {}) => ({
  resources: { requests: { cpu, memory, ...more } },
});

describe('quantities of Kubernetes', () => {
  it.each([
    ['500m', 0.5],
    ['2', 2],
    [3, 3],
    ['1.5', 1.5],
    ['2Gi', 2 * 2 ** 30],
    ['2G', 2e9],
    ['128974848000m', 128974848],
    ['1e3', 1000],
    ['5E', 5e18],
    ['-1', null],
    ['9e999', null],
    ['100E', null],
    ['2 apples', null],
    [true, null],
    [Number.POSITIVE_INFINITY, null],
  ])('%s', (written, amount) => {
    expect(quantityOf(written)).toBe(amount);
  });
});

describe('what a pod keeps of a node', () => {
  it('is what its containers request together', () => {
    const spec = { containers: [requests('500m', '1Gi'), requests(2, '512Mi', { 'nvidia.com/gpu': '2' })] };
    expect(podDemand(spec)).toEqual({
      cpus: 2.5,
      memoryGib: 1.5,
      accelerators: 2,
      maker: 'nvidia',
      slice: null,
    });
  });

  it('counts a limit where no request is written, as the API server does', () => {
    const limits = { cpu: '4', memory: '8Gi', 'aws.amazon.com/neuroncore': 4 };
    const spec = { containers: [{ resources: { limits, requests: { cpu: '1' } } }] };
    expect(podDemand(spec)).toEqual({ cpus: 1, memoryGib: 8, accelerators: 2, maker: 'aws', slice: null });
  });

  it('is the largest step of the start where that is more than what runs', () => {
    const spec = {
      containers: [requests(1, '1Gi')],
      initContainers: [requests(3, '512Mi'), requests(2, '4Gi')],
    };
    expect(podDemand(spec)).toMatchObject({ cpus: 3, memoryGib: 4 });
  });

  // kubernetes.io, "Sidecar containers", resource sharing: a sidecar runs on beside every later step.
  it('holds sidecars beside later steps of the start and beside the containers', () => {
    const sidecar = { ...requests(1, '1Gi'), restartPolicy: 'Always' };
    const spec = { containers: [requests(1, '1Gi')], initContainers: [sidecar, requests(3, '1Gi')] };
    expect(podDemand(spec)).toMatchObject({ cpus: 4, memoryGib: 2 });
  });

  it('adds the overhead of its runtime, and puts requests of the pod first', () => {
    const spec = {
      containers: [requests(1, '1Gi')],
      resources: { requests: { cpu: '6' } },
      overhead: { memory: '256Mi' },
    };
    expect(podDemand(spec)).toMatchObject({ cpus: 6, memoryGib: 1.25 });
  });

  it('is open where the deployment decides it, or it is no quantity', () => {
    expect(() => podDemand({ containers: [requests(new Unresolved('parameter Cpus'), '1Gi')] })).toThrow(
      'cpu depends on parameter Cpus',
    );
    expect(() => podDemand({ containers: [requests('lots', '1Gi')] })).toThrow('cpu is no quantity');
    expect(() => podDemand({ containers: new Unresolved('var.containers') })).toThrow('var.containers');
  });

  it('knows slices of an accelerator by their profile', () => {
    expect(acceleratorOfResource('nvidia.com/mig-3g.40gb')).toEqual({
      maker: 'nvidia',
      share: 3 / 7,
      slice: '3g.40gb',
    });
    expect(acceleratorOfResource('amd.com/gpu')).toEqual({ maker: 'amd', share: 1 });
    expect(acceleratorOfResource('constructor')).toBeNull();
  });
});
