/** The numbers of a version: `v1.35.2+k3s1` is 1, 35, 2. */
export function numbersOf(version: string): readonly number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

/** Whether one version is another or later, by its numbers; what one of them leaves out counts 0. */
export function isAtLeast(version: string, least: string): boolean {
  const [has, needs] = [numbersOf(version), numbersOf(least)];
  for (let index = 0; index < Math.max(has.length, needs.length); index += 1) {
    const difference = (has[index] ?? 0) - (needs[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
