import type { ReadResource } from '#lib/artifacts/unresolved';

const MOST_NAMED = 3;

/** What stands in a bill once, though nothing at hand says whether it stands, or how often. */
export function presenceNotes(resources: readonly ReadResource[]): readonly string[] {
  const open = resources.flatMap(({ address, presence }) =>
    presence === null ? [] : [`${address} (${presence.dependsOn})`],
  );
  if (open.length === 0) return [];
  const named = open.slice(0, MOST_NAMED).join(', ');
  const more = open.length > MOST_NAMED ? ` and ${open.length - MOST_NAMED} more` : '';
  return [
    `counted once each, though the artifacts do not say whether they stand, or how often: ${named}${more}`,
  ];
}
