import { ofEachContainer } from '#lib/policy/containers';
import { flagValue, hasFlag, isModelServer, isOn } from '#lib/policy/model-server';
import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { fieldsOf, textOf, valueOf } from '#lib/policy/values';

/** Tags that point elsewhere tomorrow: `latest` of anything, and names without a number. */
const MOVING = /:(?:latest.*|[a-z._-]+)$/i;
/** A tag after the last slash, or a digest. */
const PINNED = /@sha256:[\da-f]{64}$|:[^/:]+$/;
/** Formats whose reader runs what it reads. */
const PICKLED = new Set(['pt', 'npcache', 'dummy']);
const REMOTE_CODE = /trust_remote_code["']?\s*[:=]\s*true/i;

export const SUPPLY_CHAIN: readonly PolicyRule[] = [
  {
    id: 'image-pinned',
    title: 'Images are named by a digest or by a tag that does not move',
    severity: 'error',
    rationale:
      'With a moving tag two replicas of one fleet may run different programs, and nobody decided on either.',
    fix: 'name a release or a digest',
    owaspLlm: ['LLM04'],
    aisvs: ['6.1.3', '3.3.2'],
    breaches: ofEachContainer(({ image }) =>
      unless(PINNED.test(image) && !MOVING.test(image), `runs ${image === '' ? 'an unnamed image' : image}`),
    ),
  },
  {
    id: 'no-remote-code',
    title: 'A model server runs no code that comes with the weights',
    severity: 'error',
    rationale: 'Whoever may push to the repository of a model then runs programs beside your prompts.',
    fix: 'leave `--trust-remote-code` out, or serve a model that its engine knows',
    owaspLlm: ['LLM04'],
    aisvs: ['4.1.2', '6.1.1'],
    breaches: (infrastructure) => [
      ...ofEachContainer(({ words, environment }) => [
        ...unless(
          !hasFlag(words, '--trust-remote-code') || flagValue(words, '--trust-remote-code') === 'false',
          'trusts remote code',
        ),
        ...[...environment].flatMap(([name, value]) =>
          /TRUST_REMOTE_CODE/i.test(name) && !name.startsWith('SM_') && isOn(value) ? [`sets ${name}`] : [],
        ),
      ])(infrastructure),
      // Triton takes its arguments from files.
      ...ofEach(['v1/ConfigMap'], (map) =>
        Object.entries(fieldsOf(valueOf(map, 'data'))).flatMap(([key, value]) =>
          unless(!REMOTE_CODE.test(textOf(value) ?? ''), `trusts remote code in ${key}`),
        ),
      )(infrastructure),
    ],
  },
  {
    id: 'no-pickled-weights',
    title: 'Weights are read from a format that holds no program',
    severity: 'error',
    rationale: 'To open a pickle is to run it.',
    fix: 'convert the weights to safetensors',
    owaspLlm: ['LLM04', 'LLM05'],
    aisvs: ['4.1.2'],
    breaches: ofEachContainer(({ words }) => {
      const format = flagValue(words, '--load-format');
      return unless(format === null || !PICKLED.has(format), `reads weights as ${format ?? ''}`);
    }),
  },
  {
    id: 'weights-pinned',
    title: 'Weights are fetched at a revision',
    severity: 'warning',
    rationale: 'Without one a restart may serve other weights than those that were tested.',
    fix: 'name the commit of the repository with `--revision`, or keep the weights in storage of your own',
    owaspLlm: ['LLM04', 'LLM05'],
    aisvs: ['6.1.3', '3.1.1'],
    breaches: ofEachContainer((container) => {
      const { words, image } = container;
      if (!isModelServer(container) || image.includes('tritonserver')) return [];
      const model =
        flagValue(words, '--model') ?? flagValue(words, '--model-path') ?? flagValue(words, '--model-id');
      const isLocal = (model ?? words[0] ?? '').startsWith('/') || (model ?? '').startsWith('s3://');
      return unless(isLocal || hasFlag(words, '--revision'), 'fetches whatever the repository holds');
    }),
  },
];
