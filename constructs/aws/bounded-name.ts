const HASH_LENGTH = 8;

/**
 * A physical name of at most `longest` characters: the parts joined by dashes, shortened with a hash of the whole, so
 * that two long names never meet.
 */
export function boundedName(parts: readonly string[], longest: number): string {
  const whole = parts.join('-');
  if (whole.length <= longest) return whole;
  const kept = whole.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, '');
  return `${kept}-${fnv1a(whole)}`;
}

/** FNV-1a, 32 bits, as eight hexadecimal digits: stable on every machine. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(HASH_LENGTH, '0');
}
