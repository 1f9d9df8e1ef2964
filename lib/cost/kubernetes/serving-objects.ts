import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import { podsOfGroups } from '#lib/cost/kubernetes/pod-count';
import { quantityOf } from '#lib/cost/kubernetes/quantity';

/** Pods of an object that serves models: its operator makes them of fields that are no pod template. */
export interface ServingPart {
  readonly pod: unknown;
  /** Pods at the least; `undefined` where the object leaves it to its operator. */
  readonly count: unknown;
  /** Pods that its own autoscaler makes at most. @default - as many as `count` */
  readonly most?: unknown;
}

type ServingKind = (spec: unknown) => readonly ServingPart[];

/** By kind: KServe (v1beta1, LLM v1alpha1), NVIDIA's NIM operator and Dynamo, by their own resource definitions. */
export const SERVING_KINDS: Readonly<Record<string, ServingKind>> = {
  InferenceService: (spec) =>
    ['predictor', 'transformer', 'explainer'].flatMap((field): ServingPart[] => {
      const part = own(spec, field);
      if (!isObject(part)) return [];
      return [
        { pod: predictorPod(part), count: own(part, 'minReplicas') ?? 1, most: own(part, 'maxReplicas') },
      ];
    }),
  LLMInferenceService: (spec) =>
    [spec, own(spec, 'prefill')].flatMap((part): ServingPart[] => {
      const template = own(part, 'template');
      if (!isObject(template)) return [];
      return [{ pod: withModel(template, spec, part), count: own(part, 'replicas') ?? 1 }];
    }),
  NIMService: (spec) => {
    const image = own(spec, 'image');
    const container = {
      image: ownText(image, 'repository') ?? '',
      env: own(spec, 'env'),
      resources: own(spec, 'resources'),
    };
    const scaler = own(own(spec, 'scale'), 'hpa');
    const replicas = own(spec, 'replicas') ?? 1;
    const pod = { ...placeOf(spec), containers: [container] };
    return [{ pod, count: own(scaler, 'minReplicas') ?? replicas, most: own(scaler, 'maxReplicas') }];
  },
  DynamoGraphDeployment: (spec) =>
    Object.values(ownObject(spec, 'services')).flatMap((service): ServingPart[] => {
      if (!isObject(service)) return [];
      const extra = ownObject(service, 'extraPodSpec');
      const container = {
        ...ownObject(extra, 'mainContainer'),
        env: own(service, 'envs') ?? own(own(extra, 'mainContainer'), 'env'),
        resources: dynamoResources(own(service, 'resources')),
      };
      const count = podsOfGroups(own(service, 'replicas'), own(own(service, 'multinode'), 'nodeCount'));
      return [{ pod: { ...extra, containers: [container] }, count }];
    }),
};

/** `predictor.model`, or what stood for it before: one field by the name of the framework. */
function predictorPod(part: object): object {
  const model = own(part, 'model');
  const named = own(part, 'containers');
  const containers = isList(named) ? named : [];
  if (!isObject(model)) return { ...part, containers };
  const format = ownText(own(model, 'modelFormat'), 'name');
  // The runtime of this format is KServe's server for Hugging Face, which `storageUri` hands its model.
  const image = ownText(model, 'image') ?? (format === 'huggingface' ? 'kserve/huggingfaceserver' : '');
  const uri = ownText(model, 'storageUri');
  const [env, variables] = [own(model, 'env'), uri === null ? [] : [{ name: 'STORAGE_URI', value: uri }]];
  const container = { ...model, image, env: [...(isList(env) ? env : []), ...variables] };
  return { ...part, containers: [container, ...containers] };
}

/** The server of an LLM service is vLLM; the object says of which model and over how many GPUs. */
function withModel(pod: JsonObject, spec: unknown, part: unknown): unknown {
  const [listed, uri] = [own(pod, 'containers'), ownText(own(spec, 'model'), 'uri')];
  const [main, ...others] = isList(listed) ? listed : [];
  if (!isObject(main) || uri === null) return pod;
  const tensor = quantityOf(own(own(part, 'parallelism') ?? own(spec, 'parallelism'), 'tensor'));
  const words = [
    'vllm',
    'serve',
    uri,
    ...(tensor === null ? [] : ['--tensor-parallel-size', String(tensor)]),
  ];
  const args = own(main, 'args');
  const started = { ...main, args: [...words, ...(isList(args) ? args : [])] };
  return { ...pod, containers: [started, ...others] };
}

function placeOf(spec: unknown): object {
  return {
    nodeSelector: own(spec, 'nodeSelector'),
    affinity: own(spec, 'affinity'),
    tolerations: own(spec, 'tolerations'),
  };
}

/** Dynamo writes `gpu` where a pod has the name of a device plugin. */
function dynamoResources(resources: unknown): object {
  return Object.fromEntries(
    ['requests', 'limits'].map((field) => {
      const { gpu, ...amounts }: Record<string, unknown> = { ...ownObject(resources, field) };
      return [field, gpu === undefined ? amounts : { ...amounts, 'nvidia.com/gpu': gpu }];
    }),
  );
}
