import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';

/** What publishers hang on the name of a model without making it another: tuning, format, date, accuracy target. */
const VARIANT =
  /[-_ .](?:instruct|thinking|chat|it|hf|base|quantized|v2|bf16|fp16|fp8|fp4|nvfp4|mxfp4|int4|int8|awq|gptq|w4a16|w8a8|kv|dynamic|\d{4}|99(?:\.9)?)$/;
/** Active parameters of a mixture behind all of them. */
const ACTIVE = /(?<=\d[bB])-[aA]\d+[bB]$/;
const VERSION = /[A-Za-z]*[\d.]+$/;
/** Words of an accelerator's name that tell no two of them apart. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'nvidia',
  'amd',
  'tesla',
  'instinct',
  'gpu',
  'tensor',
  'core',
  'oam',
  'hgx',
  'dgx',
]);
/** Longer texts are no names, and would take long to take apart. */
const LONGEST_NAME = 200;
/** Publishers write how many there are before the name. */
const COUNT = /^\d+\s*[x×]\s*/i;
const MEMORY = /^(\d+)gi?b$/;
const BOARD = /\b[dh]gx\b/i;
const MEMORY_TYPE = /^(?:hbm|gddr)\d/;

/**
 * The model that a name means: its id, its name or its repository in the catalog, in any case and punctuation, with or
 * without an owner and marks of a variant (`meta-llama/Llama-3.1-70B-Instruct`). Never the nearest: `null` for any other.
 */
export function modelNamed(name: string, models: Catalog['models']): Model | null {
  const exact = models.get(name);
  if (exact !== undefined) return exact;
  if (name.length > LONGEST_NAME) return null;
  const wanted = plain(name);
  const found = [...models.values()].filter((model) => namesOf(model).some((each) => plain(each) === wanted));
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : null;
}

/** `Llama 3.1 / 3.3 70B Instruct` names two versions of one architecture. */
function namesOf({ id, name, repository }: Model): readonly string[] {
  const [whole = ''] = name.split(' (');
  const [first = '', ...others] = whole.split(' / ');
  const last = others.at(-1)?.split(' ') ?? [];
  const rest = last.slice(1).join(' ');
  const versions = others.map((other) => first.replace(VERSION, other.split(' ')[0] ?? other));
  const ids = [id, repository ?? id];
  // A mixture without its active parameters: `Qwen3.5-397B`.
  const shortened = ids.map((each) => each.replace(ACTIVE, ''));
  return [...ids, ...shortened, ...[first, ...versions].map((each) => `${each} ${rest}`.trim())];
}

/** Letters and digits of a name without its owner and the marks of a variant. */
function plain(name: string): string {
  let rest = name
    .toLowerCase()
    .slice(name.lastIndexOf('/') + 1)
    .replace(/^meta-(?=llama)/, '');
  while (VARIANT.test(rest)) rest = rest.replace(VARIANT, '');
  return lettersOf(rest);
}

/** Letters and digits of a text, in lower case. */
export function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/**
 * The accelerator that a name means: its id, its name or the label its driver gives it, or a name whose every word fits
 * one accelerator alone (`H100-SXM5-80GB`, `NVIDIA B200`). `null` where none or several fit.
 */
export function acceleratorNamed(name: string, accelerators: Catalog['accelerators']): Accelerator | null {
  const found = acceleratorsNamed(name, accelerators);
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : null;
}

/** Every accelerator that a name may mean: several where it leaves out what tells them apart (`H100`). */
export function acceleratorsNamed(
  name: string,
  accelerators: Catalog['accelerators'],
): readonly Accelerator[] {
  const exact = accelerators.get(name);
  if (exact !== undefined) return [exact];
  if (name.length > LONGEST_NAME) return [];
  const all = [...accelerators.values()];
  const single = name.replace(COUNT, '');
  const same = all.filter(({ id, name: title, productLabel }) =>
    [id, title, productLabel ?? id].some((each) => lettersOf(each) === lettersOf(single)),
  );
  if (same.length > 0) return same;
  const fitting = all.filter((each) => fits(wordsOf(single), each));
  // NVIDIA's boards and servers of that name hold modules on NVLink alone.
  const onBoard = fitting.filter(({ id }) => id.endsWith('-sxm'));
  return BOARD.test(single) && onBoard.length > 0 ? onBoard : fitting;
}

/** Accelerators of a chip that a name contains, whatever else it says: `NVIDIA GH200 96GB`. */
export function acceleratorsOfChip(
  name: string,
  accelerators: Catalog['accelerators'],
): readonly Accelerator[] {
  const words = wordsOf(name.slice(0, LONGEST_NAME).replace(COUNT, ''));
  return [...accelerators.values()].filter(({ id }) => words.includes(id.split('-')[0] ?? id));
}

function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/^sxm\d$/, 'sxm'))
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word) && !MEMORY_TYPE.test(word));
}

function fits(words: readonly string[], { id, name, memoryGb }: Accelerator): boolean {
  const own = new Set([...id.split('-'), ...wordsOf(name)]);
  const [chip] = id.split('-');
  return (
    words.includes(chip ?? '') &&
    words.every((word) => {
      const memory = MEMORY.exec(word)?.[1];
      return memory === undefined ? own.has(word) : Number(memory) === memoryGb;
    })
  );
}
