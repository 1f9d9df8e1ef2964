/** Forms that secrets are known to have, with the name a person knows them by. */
const FORMS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{16,}/g },
  { name: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g },
  { name: 'an API key', pattern: /\bsk-[A-Za-z0-9_-]{16,}/g },
  { name: 'an NVIDIA API key', pattern: /\bnvapi-[A-Za-z0-9_-]{16,}/g },
  { name: 'a Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/g },
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*/g },
  { name: 'a JSON web token', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g },
  { name: 'a password in an address', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/gi },
];

const SECRET_KEY = /(?:password|passwd|passphrase|secret|token|apikey|accesskey|privatekey|credentials?)$/;
const DENSE = /[A-Za-z0-9+/_=]{32,}/g;
/** Bits per character: random base64 of 40 characters has about 4.8, words and identifiers below 4. */
const DENSE_BITS = 4.3;

/** A word of letters and digits with a mark that no name, number or address has. */
const PASSWORD =
  /(?<![^\s"',:{}[\]])(?=[^\s"',{}[\]]*[A-Za-z])(?=[^\s"',{}[\]]*\d)(?=[^\s"',{}[\]]*[!$%^&~|])[^\s"',{}[\]]{8,}/g;

/** What kind of secret the text looks like; `undefined` for ordinary text. */
export function secretIn(text: string): string | undefined {
  const known = FORMS.find(({ pattern }) => text.search(pattern) !== -1);
  if (known !== undefined) return known.name;
  return (text.match(DENSE) ?? []).some(isDense) ? 'a random key' : undefined;
}

/** Keys whose value is a secret whatever it looks like: `password`, `hfToken`, `api_key`. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key.toLowerCase().replaceAll(/[-_. ]/g, ''));
}

/** Text in which none of these forms can be: most names, of which a file may hold a million. */
const HARMLESS = /^(?!.*(?:hf_|gh[pousr]_|github_pat_|sk-|nvapi-|xox))[a-z0-9 ._/#,()[\]-]*$/;

/** Replaces whatever looks like a secret, by the same number of asterisks, so that columns keep their place. */
export function redact(text: string): string {
  if (HARMLESS.test(text)) return text;
  const masked = FORMS.reduce(
    (rest, { pattern }) => rest.replaceAll(pattern, (secret) => '*'.repeat(secret.length)),
    text,
  );
  return masked
    .replaceAll(PASSWORD, (word) => '*'.repeat(word.length))
    .replaceAll(DENSE, (word) => (isDense(word) ? '*'.repeat(word.length) : word))
    .replace(/^(\s*["']?([\w.-]+)["']?\s*:\s*)(\S.*)$/, withoutSecretValue)
    .replaceAll(
      /(["']?([\w.-]+)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,{}[\]"']+)/g,
      withoutSecretValue,
    );
}

function withoutSecretValue(whole: string, start: string, key: string, value: string): string {
  return isSecretKey(key) ? start + '*'.repeat(value.length) : whole;
}

function isDense(word: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/\d/.test(word)) return false;
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => {
    const share = count / word.length;
    return sum - share * Math.log2(share);
  }, 0);
  return bits >= DENSE_BITS;
}
