import type { Model } from '#lib/catalog/models';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count } from '#lib/report/format';
import { kvBytesPerToken, stateBytesPerSequence } from '#lib/sizing/kv-cache';
import { parametersOf, servedWeightBytes } from '#lib/sizing/weights';
import { bytesToGib } from '#lib/units/bytes';

const FORMATS = ['bf16', 'fp8', 'fp4', 'int4'] as const;

function noteLines({ note, runsRepositoryCode }: Model): readonly string[] {
  const code =
    'Its repository brings Python code, which the engine runs (`--trust-remote-code`): read it first, and serve a copy that nobody else changes.';
  return [...(note === null ? [] : [note]), ...(runsRepositoryCode === true ? [code] : [])];
}

/** What was read of a model's configuration: its dimensions and what they mean in memory. */
export function modelScreen(model: Model, file: string): Screen {
  const parameters = parametersOf(model);
  const weights = (format: (typeof FORMATS)[number]) =>
    parameters === null
      ? ABSENT
      : `${count(bytesToGib(servedWeightBytes(model, parameters, format)), 1)} GiB`;
  const { moe } = model;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${model.id} · ${count(model.paramsTotalB, 2)} × 10^9 parameters, ${count(model.paramsActiveB, 2)} active`,
      details: [
        `read from ${file.replace(/^[^=]*=/, '')} · ${model.attention} · native ${model.nativeDtype} · up to ${count(model.maxContextTokens)} tokens`,
      ],
    },
    {
      kind: 'table',
      columns: [column('dimension'), column('value', 'right')],
      rows: [
        ['layers', count(model.layers)],
        ['hidden', count(model.hidden)],
        ['attention heads', count(model.heads)],
        ['KV heads', count(model.kvHeads)],
        ['head size', count(model.headDim)],
        ['feed-forward size', count(model.ffn)],
        ['vocabulary', count(model.vocabulary)],
        ...(moe === null
          ? []
          : [
              ['experts', `${count(moe.experts)}, ${count(moe.topK)} for each token`],
              ['size of an expert', count(moe.expertFfn)],
              ['layers with experts', count(moe.moeLayers)],
            ]),
        ['KV cache of one token, 16 bits', `${count(kvBytesPerToken(model, 'bf16'))} bytes`],
        ...(stateBytesPerSequence(model) === 0
          ? []
          : [['state of one sequence', `${count(stateBytesPerSequence(model))} bytes`]]),
        ...FORMATS.map((format) => [`weights in ${format}`, weights(format)]),
      ],
    },
    ...unlessEmpty({ kind: 'lines', heading: 'Note', lines: noteLines(model) }),
    {
      kind: 'lines',
      heading: 'To plan and deploy it',
      lines: [
        `write into the environment: catalog: { models: { ${model.id}: { config: …, repository: owner/name } } }`,
      ],
    },
    {
      kind: 'next',
      commands: [
        `landfall sizing plan --model ${model.id} --model-config ${model.id}=${file.replace(/^[^=]*=/, '')} --gpu h100-sxm`,
      ],
    },
  ];
}
