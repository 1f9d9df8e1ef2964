import type { EngineFile } from '#lib/engines/engine';

/** KIND_MODEL leaves the choice of GPUs to vLLM, which more than one GPU needs. */
const CONFIGURATION = `backend: "vllm"
instance_group [ { count: 1 kind: KIND_MODEL } ]
parameters: { key: "REPORT_CUSTOM_METRICS" value: { string_value: "true" } }
`;

/**
 * A model repository of one model with one version. Triton takes the model's name from the folder, and its vLLM backend
 * the LoRA adapters from `multi_lora.json` beside the engine's arguments.
 */
export function modelRepository(
  folder: string,
  engineArguments: Readonly<Record<string, unknown>>,
  adapters: Readonly<Record<string, string>> = {},
): readonly EngineFile[] {
  return [
    { path: `${folder}/config.pbtxt`, content: CONFIGURATION },
    { path: `${folder}/1/model.json`, content: `${JSON.stringify(engineArguments, null, 2)}\n` },
    ...(Object.keys(adapters).length === 0
      ? []
      : [{ path: `${folder}/1/multi_lora.json`, content: `${JSON.stringify(adapters, null, 2)}\n` }]),
  ];
}

/** The served name as one folder name: a slash or a leading dot would lead elsewhere. */
export function modelName(servedName: string): string {
  const name = servedName.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'model' : name;
}
