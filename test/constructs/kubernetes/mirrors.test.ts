import { describe, expect, it } from 'vitest';
import { mirroredChart } from '#constructs/kubernetes/mirrored-chart';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingOperators } from '#constructs/kubernetes/model-server/operators';
import { readerServers } from '#constructs/kubernetes/reader-servers';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { STORE_KINDS, storeObjects } from '#constructs/kubernetes/stores/store';
import { storeSlice } from '#constructs/kubernetes/stores/store-slice';
import { devicePlugin } from '#constructs/aws/eks/device-plugin';
import { mirroredImage } from '#lib/plan/serving/mirrors';
import { shapedPlan } from '../../_support/shapes';

const MIRROR = 'mirror.example/all';

/** Values of the fields in which objects name images. */
function imagesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && (key === 'image' || key === 'imageName') ? [inner] : imagesIn(inner),
  );
}

describe('an image behind a registry that passes on all others', () => {
  it.each([
    ['vllm/vllm-openai:v0.26.0', 'm/docker.io/vllm/vllm-openai:v0.26.0'],
    ['nvcr.io/nvidia/tritonserver', 'm/nvcr.io/nvidia/tritonserver'],
    ['redis:8', 'm/docker.io/library/redis:8'],
    ['ghcr.io', 'm/ghcr.io'],
    ['registry:5000/a/b', 'm/registry:5000/a/b'],
  ])('%s is %s', (name, mirrored) => {
    expect(mirroredImage(name, 'm')).toBe(mirrored);
    expect(mirroredImage(name, undefined)).toBe(name);
  });
});

describe('a cluster that pulls through a mirror', () => {
  const plan = shapedPlan('searched', 'leased-mirrored');
  const store = storeSlice(plan);
  if (store === null) throw new Error('no store');

  it('names no image of another registry, in servers, router, readers or any store', () => {
    const stores = Object.keys(STORE_KINDS).flatMap((id) => storeObjects({ ...store, store: id, knobs: {} }));
    const objects = [...modelServer(servingSlice(plan)), ...readerServers(plan), ...stores];
    const images = imagesIn(objects);
    expect(new Set(images).size).toBeGreaterThanOrEqual(6);
    expect(images.filter((image) => !image.startsWith(`${MIRROR}/`))).toEqual([]);
  });

  it('downloads all weights from the other hub', () => {
    const variables = [plan.serving, plan.serving?.prompts, plan.retrieval?.embedding?.fleet].map(
      (fleet) => fleet?.launch.environment['HF_ENDPOINT'],
    );
    expect(variables).toEqual(Array.from({ length: 3 }, () => 'https://hub.example'));
  });

  it('gives every chart the names of its images there, beside its other values', () => {
    const wide = servingOperators(servingSlice(shapedPlan('wide', 'colo-rack')));
    const charts = [...wide, STORE_KINDS.milvus.operator, devicePlugin([])].flatMap((chart) => chart ?? []);
    const values = charts.map((chart) => mirroredChart(chart, MIRROR).values);
    expect(values).toMatchObject([
      { image: { manager: { repository: `${MIRROR}/registry.k8s.io/lws/lws` } } },
      {
        image: { repository: `${MIRROR}/registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu` },
        resources: { gpus: { enabled: false } },
      },
      {
        image: { repository: `${MIRROR}/docker.io/milvusdb/milvus-operator` },
        podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      },
      { image: { repository: `${MIRROR}/nvcr.io/nvidia/k8s-device-plugin` }, failOnInitError: true },
    ]);
    expect(charts.map((chart) => mirroredChart(chart, undefined))).toEqual(charts);
  });
});
