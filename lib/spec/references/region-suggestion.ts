import { suggestion } from '#lib/errors/did-you-mean';

/** Partitions of AWS: accounts, contracts and laws of their own, however alike their regions are spelt. */
const PARTITION = /^(cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/;

/** Regions that may have been meant: none of another partition, where an account of this one cannot go. */
export function regionSuggestion(word: string, regions: readonly string[]): string {
  const partition = partitionOf(word);
  const reachable = regions.filter((region) => partitionOf(region) === partition);
  if (reachable.length > 0) return suggestion(word, reachable);
  const shown = regions.slice(0, 3).join(', ');
  return `it has none in any region of ${partition}; those that it has are of another partition (${shown}, …)`;
}

function partitionOf(region: string): string {
  return PARTITION.exec(region.toLowerCase())?.[1] ?? 'aws';
}
