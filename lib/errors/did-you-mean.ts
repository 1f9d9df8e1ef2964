import { distance } from 'fastest-levenshtein';

/** The choices nearest to a misspelt word, best first; empty when none is near enough to be what was meant. */
export function closest(word: string, choices: readonly string[], limit = 3): string[] {
  return nearOnes(word, choices)
    .slice(0, limit)
    .map(({ choice }) => choice);
}

/**
 * What each of several misspelt words was meant to be, each choice given once: to the word that is nearest to it.
 *
 * @param isLikely - Choices that are taken before nearer ones
 */
export function closestOfEach(
  words: readonly string[],
  choices: readonly string[],
  isLikely: (choice: string) => boolean,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const given = new Set<string>();
  const pairs = words
    .flatMap((word) => nearOnes(word, choices).map((near) => ({ word, ...near })))
    .toSorted((a, b) => Number(isLikely(b.choice)) - Number(isLikely(a.choice)) || a.edits - b.edits);
  for (const { word, choice } of pairs) {
    if (found.has(word) || given.has(choice)) continue;
    found.set(word, choice);
    given.add(choice);
  }
  return found;
}

interface Near {
  readonly choice: string;
  readonly edits: number;
}

function nearOnes(word: string, choices: readonly string[]): readonly Near[] {
  const wanted = normalize(word);
  return choices
    .map((choice): Near => ({
      choice,
      edits: isLonger(word, choice) ? 1 : edits(wanted, normalize(choice)),
    }))
    .filter(
      ({ edits, choice }) => edits <= Math.max(1, Math.floor(Math.max(wanted.length, choice.length) / 3)),
    )
    .toSorted((a, b) => a.edits - b.edits || a.choice.localeCompare(b.choice, 'en'));
}

/** ` did you mean "x"?` or, with nothing near, the first choices there are. */
export function suggestion(word: string, choices: readonly string[]): string {
  if (choices.length === 0) return 'leave it out: there is none';
  const near = closest(word, choices);
  if (near.length > 0) return `did you mean ${near.map((choice) => `"${choice}"`).join(' or ')}?`;
  const shown = choices.slice(0, 8);
  return `choose one of ${shown.join(', ')}${choices.length > shown.length ? ', …' : ''}`;
}

/** A prefix counts as near: `h100` means `h100-sxm`. */
function edits(wanted: string, choice: string): number {
  if (wanted.length >= 3 && choice.startsWith(wanted)) return 1;
  return distance(wanted, choice);
}

/** More said than there is: `--kv-dtype` means `--kv`. */
function isLonger(word: string, choice: string): boolean {
  return word.toLowerCase().startsWith(`${choice.toLowerCase()}-`);
}

function normalize(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
