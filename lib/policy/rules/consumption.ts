import { ofEachContainer } from '#lib/policy/containers';
import { flagValue, hasFlag, VLLM_IMAGE } from '#lib/policy/model-server';
import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { isWritten, textOf, valueOf } from '#lib/policy/values';

/** What bounds a request and how many run at once, by the engine's image. */
const BOUNDS: readonly { readonly image: RegExp; readonly length: string; readonly count: string }[] = [
  { image: VLLM_IMAGE, length: '--max-model-len', count: '--max-num-seqs' },
  { image: /(?:^|\/)sglang[:@]/, length: '--context-length', count: '--max-running-requests' },
];

export const CONSUMPTION: readonly PolicyRule[] = [
  {
    id: 'requests-bounded',
    title: 'A model server bounds the length of a request and how many run at once',
    severity: 'error',
    rationale: 'One request of the longest context that a model knows can take the memory of all others.',
    fix: 'set the longest context and the most sequences that the fleet is sized for',
    owaspLlm: ['LLM06'],
    aisvs: ['2.1.4', '7.1.2'],
    breaches: ofEachContainer(({ image, words }) =>
      BOUNDS.filter((engine) => engine.image.test(image)).flatMap(({ length, count }) => [
        ...unless(hasFlag(words, length), `has no ${length}`),
        // What only reads a text is done with it at once, and queues by itself.
        ...unless(hasFlag(words, count) || flagValue(words, '--runner') === 'pooling', `has no ${count}`),
      ]),
    ),
  },
  {
    id: 'resources-bounded',
    title: 'Every container states the processor and memory it needs, and the memory it may take',
    severity: 'error',
    rationale:
      'What has no limit takes the memory of the model server beside it, which the kernel then ends.',
    fix: 'set requests of cpu and memory, and a limit of memory',
    owaspLlm: ['LLM06'],
    aisvs: ['4.3.3'],
    breaches: ({ pods }) =>
      pods.flatMap(({ owner, containers, initContainers }) =>
        [...initContainers, ...containers].flatMap(({ name, fields }) =>
          ['requests.cpu', 'requests.memory', 'limits.memory'].flatMap((path) =>
            unless(isWritten(valueOf(fields, `resources.${path}`)), `container ${name} has no ${path}`).map(
              (what) => ({ resource: owner, what }),
            ),
          ),
        ),
      ),
  },
  {
    id: 'scaling-bounded',
    title: 'What adds replicas or instances has a most',
    severity: 'error',
    rationale: 'A flood of requests must end in a queue, and not in a bill.',
    fix: 'set the most replicas',
    owaspLlm: ['LLM06'],
    aisvs: ['12.2.5'],
    breaches: (infrastructure) =>
      (
        [
          ['kind:HorizontalPodAutoscaler', 'spec.maxReplicas'],
          ['kind:ScaledObject', 'spec.maxReplicaCount'],
          ['AWS::ApplicationAutoScaling::ScalableTarget', 'MaxCapacity'],
        ] as const
      ).flatMap(([type, path]) =>
        ofEach([type], (scaler) =>
          unless(Number(textOf(valueOf(scaler, path)) ?? 'none') > 0, 'has no most'),
        )(infrastructure),
      ),
  },
];
