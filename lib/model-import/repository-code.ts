import { isObject, optionalText, valueOf, type ConfigNode } from '#lib/model-import/config-fields';
import { FAMILY_DEFAULTS } from '#lib/model-import/family-defaults';

/**
 * Whether an engine starts the repository only with `--trust-remote-code`: its tokenizer is code, or its `auto_map` names
 * a class for a type that no released library has. A class that transformers has too is not needed: without the flag it
 * takes its own (`resolve_trust_remote_code` of its `dynamic_module_utils.py`).
 *
 * @param tokenizer - The repository's `tokenizer_config.json`; `null` where it is not there
 */
export function runsRepositoryCode(root: ConfigNode, tokenizer: ConfigNode | null): boolean {
  if (tokenizer !== null && namesCode(valueOf(tokenizer, 'auto_map'))) return true;
  const type = optionalText(root, 'model_type') ?? '';
  const isReleased = [type, `${type}_text`].some((each) => Object.hasOwn(FAMILY_DEFAULTS, each));
  return !isReleased && namesCode(valueOf(root, 'auto_map'));
}

/** `{ "AutoTokenizer": ["tokenization_x.Tokenizer", null] }`; old repositories list the two classes themselves. */
function namesCode(map: unknown): boolean {
  const classes: readonly unknown[] = isObject(map) ? Object.values(map) : [map];
  return classes.flat().some((each) => typeof each === 'string' && each !== '');
}
