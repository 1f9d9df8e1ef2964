import type { LineItem } from '#lib/cost/estimate';
import { count } from '#lib/report/format';

/** Keys that one reason names, and reasons that a screen shows. */
const MOST_KEYS = 6;
const MOST_REASONS = 40;
/** What a line's basis says before the reason why it has no price. */
const BEFORE_REASON = /^.*; no price: /;

/** The lines without a price by the reason why they have none, that of most lines first. */
export function unpricedLines(lines: readonly LineItem[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { key, state, basis } of lines) {
    if (state !== 'unpriced') continue;
    const why = basis.replace(BEFORE_REASON, '');
    const keys = byReason.get(why);
    if (keys === undefined) byReason.set(why, [key]);
    else keys.push(key);
  }
  const reasons = [...byReason].toSorted(([, a], [, b]) => b.length - a.length);
  const rest = reasons.slice(MOST_REASONS).reduce((sum, [, keys]) => sum + keys.length, 0);
  return [
    ...reasons.slice(0, MOST_REASONS).map(([why, keys]) => `${named(keys)}: ${why}`),
    ...(rest === 0 ? [] : [`and ${count(rest)} more (--csv has every one)`]),
  ];
}

function named(keys: readonly string[]): string {
  const more = keys.length - MOST_KEYS;
  return `${keys.slice(0, MOST_KEYS).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}
