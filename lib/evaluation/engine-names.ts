import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { isAbsent, text, unknown, Unusable } from '#lib/evaluation/row-fields';
import { UNSTATED_RELEASE } from '#lib/sizing/corrections/similarity';
import { shown } from '#lib/text/place';

const ENGINES = ['vllm', 'sglang', 'trtllm'];
/** A release that is written behind the name of an engine. */
const VERSION = /[-_ :@]v?\d.*$/;
/** As publishers write them, without case and punctuation. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  tensorrtllm: 'trtllm',
  tensorrt: 'trtllm',
  trt: 'trtllm',
};
/** Who drives, ships or starts the engine, and on what: words that make no other engine of it. */
const AROUND = new Set([
  'dynamo',
  'ai',
  'nvidia',
  'nvcr',
  'amd',
  'rocm',
  'cuda',
  'openai',
  'lmsysorg',
  'serve',
  'server',
  'pytorch',
  'engine',
  'project',
  'agg',
  'release',
  'nightly',
]);
const APART = new Set(['disagg', 'disaggregated', 'pd', 'mori', 'nixl']);
const SPECULATES = new Set(['mtp', 'eagle', 'eagle3', 'nextn', 'medusa', 'spec', 'specdec']);

/**
 * The engine that a row names: `dynamo-trtllm`, `TensorRT-LLM v1.0`, `vllm-rocm`.
 *
 * @throws Unusable where the name is of no known engine, or says that more than the plain engine ran
 */
export function engineOf(row: RawRow): string {
  const name = text(row, 'engine');
  const words = name
    .toLowerCase()
    .replace(VERSION, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !AROUND.has(word));
  const beyond = words.find((word) => APART.has(word) || SPECULATES.has(word));
  if (beyond !== undefined)
    throw new Unusable(`engine ${shown(name)} says ${beyond}: only runs of the plain engine are predicted`);
  // `vllm/vllm-openai` names it twice.
  const letters = [...new Set(words)].join('');
  const known = Object.hasOwn(OTHER_NAMES, letters) ? (OTHER_NAMES[letters] ?? letters) : letters;
  return ENGINES.includes(known) ? known : unknown('engine', name, ENGINES);
}

/** Publishers leave it empty where they do not know it. */
export function engineVersionOf(row: RawRow): string {
  const isUnknown = isAbsent(row, 'engine_version') || own(row, 'engine_version') === '';
  return isUnknown ? UNSTATED_RELEASE : text(row, 'engine_version');
}
