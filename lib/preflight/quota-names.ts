/** Makers before a model's name in AWS's names of quotas. */
const MAKERS = [
  'anthropic',
  'amazon',
  'cohere',
  'deepseek',
  'google',
  'meta',
  'mistral ai',
  'moonshot ai',
  'openai',
  'qwen',
];

/**
 * Whether a quota that AWS lists is the one of a model, or of an instance type, whose id stands for `*` in a pattern. The
 * same letters and digits must stand in the same order: of versions and lengths of a model each has a quota of its own.
 */
export function isQuotaOf(listed: string, patterns: readonly string[], of: string): boolean {
  return patterns.some((pattern) => {
    const [before = '', after = ''] = pattern.split('*');
    const name = listed.toLowerCase();
    if (!name.startsWith(before.toLowerCase()) || !name.endsWith(after.toLowerCase())) return false;
    const between = name.slice(before.length, name.length - after.length);
    return between === of.toLowerCase() || wordsOfName(between) === wordsOfId(of);
  });
}

/** `Anthropic Claude Sonnet 4.5 V1` as `claude sonnet 4 5`. */
function wordsOfName(name: string): string {
  const maker = MAKERS.find((each) => name.startsWith(`${each} `));
  return words((maker === undefined ? name : name.slice(maker.length)).replace(/ v\d+$/, ''));
}

/** `anthropic.claude-sonnet-4-5-20250929-v1:0` as `claude sonnet 4 5`. */
function wordsOfId(id: string): string {
  return words(
    id
      .toLowerCase()
      .replace(/^[a-z]+\./, '')
      .replace(/-(?:v\d+(?::\d+)?|\d+:\d+)$/, '')
      .replace(/-20\d{6}$/, ''),
  );
}

/** Runs of letters and of digits, one space between. */
function words(text: string): string {
  return (text.match(/[a-z]+|\d+/g) ?? []).join(' ');
}
