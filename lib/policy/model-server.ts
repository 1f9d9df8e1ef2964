import type { Container } from '#lib/policy/pods';

/** Images that serve models: what is asked of their command lines is asked of these. */
const SERVERS =
  /(?:^|\/)(?:vllm-openai|vllm|sglang|tritonserver|text-embeddings-inference|text-generation-inference)(?::|@|$|\/)/;

/** vLLM itself, under its own name or AWS's; not its router. */
export const VLLM_IMAGE = /(?:^|\/)vllm(?:-openai)?[:@]/;

export function isModelServer({ image }: Container): boolean {
  return SERVERS.test(image);
}

/** Whether the command line has a flag, alone or as `--flag=value`. */
export function hasFlag(words: readonly string[], flag: string): boolean {
  return words.some((word) => word === flag || word.startsWith(`${flag}=`));
}

/** The value after a flag, or after its `=`; `null` where it has none. */
export function flagValue(words: readonly string[], flag: string): string | null {
  const index = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const word = words[index];
  if (word === undefined) return null;
  return word === flag ? (words[index + 1] ?? null) : word.slice(flag.length + 1);
}

/** A switch of an environment: what programs take for yes. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value.trim());
}
