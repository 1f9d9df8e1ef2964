import { isList, isObject, own, ownText } from '#lib/artifacts/json';

/** What a RayService says of its model: in the text of its Serve configuration, not in its pods. */
const SETTINGS: readonly (readonly [variable: string, written: RegExp])[] = [
  ['MODEL_ID', /^[\s-]*(?:MODEL_ID|model_source)\s*:\s*["']?([\w./-]+)/gm],
  ['TENSOR_PARALLEL_SIZE', /^[\s-]*(?:TENSOR_PARALLEL_SIZE|tensor_parallel_size)\s*:\s*["']?(\d+)/gm],
  ['MAX_MODEL_LEN', /^[\s-]*(?:MAX_MODEL_LEN|max_model_len)\s*:\s*["']?(\d+)/gm],
];

/**
 * The pods of workers as if their containers were told what the Serve configuration tells them; as they are where it
 * names no model, or several.
 */
export function toldByServe(pod: unknown, service: unknown): unknown {
  const [text, containers] = [ownText(service, 'serveConfigV2'), own(pod, 'containers')];
  const [first, ...others] = isList(containers) ? containers : [];
  if (text === null || !isObject(pod) || !isObject(first)) return pod;
  const told = SETTINGS.flatMap(([name, written]) => {
    const values = new Set([...text.matchAll(written)].map(([, value]) => value));
    const [value] = values;
    return values.size === 1 && value !== undefined ? [{ name, value }] : [];
  });
  if (!told.some(({ name }) => name === 'MODEL_ID')) return pod;
  const env = own(first, 'env');
  return { ...pod, containers: [{ ...first, env: [...(isList(env) ? env : []), ...told] }, ...others] };
}
