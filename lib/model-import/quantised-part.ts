import type { QuantisedPart } from '#lib/catalog/models';
import {
  child,
  isObject,
  optionalTexts,
  optionalWhole,
  type ConfigNode,
} from '#lib/model-import/config-fields';

/** Lists of what stays wide, by the names that llm-compressor, ModelOpt and transformers give them. */
const LISTS = ['ignore', 'exclude_modules', 'modules_to_not_convert', 'ignored_layers'] as const;
const ATTENTION = /self_attn|attention/;
const OUTPUT = /o_proj|out_proj/;
/** One projection of the attention, rather than all of it. */
const PROJECTION = /_proj/;
const SHARED_OR_DENSE = /shared_expert|mlp\\?\.\(?(gate|up|gate_up|down)/;
const LAYER = /layers\.(\d+)\./;

/**
 * What a 4-bit checkpoint quantises, by the list of what it leaves out. A module that is left out in less than half of the
 * layers is an exception of those (a first dense layer, a layer for further tokens) and does not count.
 */
export function quantisedPartOf(node: ConfigNode, layers: number): QuantisedPart {
  const names = LISTS.flatMap((list) => optionalTexts(node, list) ?? []);
  const leavesOut = (isMatch: (name: string) => boolean) => isInMostLayers(names.filter(isMatch), layers);
  if (!leavesOut((name) => ATTENTION.test(name))) return 'everything';
  if (leavesOut((name) => SHARED_OR_DENSE.test(name))) return 'experts';
  const leavesOutput = leavesOut(
    (name) => ATTENTION.test(name) && (OUTPUT.test(name) || !PROJECTION.test(name)),
  );
  return leavesOutput ? 'feed-forward' : 'feed-forward+output';
}

/** Integers that share a scale; 128 where the file does not say. */
export function groupSizeOf(node: ConfigNode): number {
  const groups = Object.values(child(node, 'config_groups')?.values ?? {}).filter(isObject);
  const stated = groups
    .map((group) => group['weights'])
    .filter(isObject)
    .map((weights) => weights['group_size'])
    .find((size): size is number => typeof size === 'number' && size > 0);
  return stated ?? optionalWhole(node, 'group_size', 'q_group_size') ?? 128;
}

function isInMostLayers(names: readonly string[], layers: number): boolean {
  const numbers = names.map((name) => LAYER.exec(name)?.[1]);
  if (numbers.includes(undefined)) return true;
  return new Set(numbers).size * 2 >= layers && names.length > 0;
}
