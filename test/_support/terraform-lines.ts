import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { memoryFiles } from '../lib/artifacts/memory-files';
import { estimateOf } from './artifact-bills';

/** USD a month, in cents, of each line of a configuration on 2026-11-23 in us-east-1; `null` where it has no price. */
export function linesOf(resource: object): Record<string, number | null> {
  const folder = memoryFiles({
    'app/main.tf.json': { provider: { aws: { region: 'us-east-1' } }, resource },
  });
  const { lines } = estimateOf(readArtifacts(folder, 'app').resources).estimate;
  const stated = lines.filter(({ state }) => state === 'priced' || state === 'unpriced');
  return Object.fromEntries(
    stated.map(({ key, monthlyUsd }) => [
      key,
      monthlyUsd === null ? null : Math.round(monthlyUsd * 100) / 100,
    ]),
  );
}

export const cents = (usd: number) => Math.round(usd * 100) / 100;
