import { billedSeconds } from '#lib/cost/resources/billed-time';
import type { PerRun } from '#lib/cost/resources/component';

/** How often each line is used in a month, by `address.component` or by `*.component` for all of a kind. */
export type Usage = ReadonlyMap<string, number>;

/** What follows a line's key where its use is stated as runs of a duration. */
export const RUNS = 'runs';
export const SECONDS_EACH = 'seconds-each';

export interface UsedAmount {
  readonly quantity: number;
  /** Where the quantity comes from, in words and numbers. */
  readonly basis: string;
}

export interface UsageReader {
  /** The use of a line as an amount, or from its runs; `undefined` where nobody stated it. */
  readonly amountOf: (key: string, perRun: PerRun | undefined) => UsedAmount | undefined;
}

/** Reads a usage: a line's own amount before that of its kind, an amount before runs. */
export function usageReader(usage: Usage): UsageReader {
  const stated = (key: string, part: string) =>
    usage.get(`${key}${part}`) ?? usage.get(`${kindOf(key)}${part}`);
  return {
    amountOf: (key, perRun) => {
      if (usage.size === 0) return undefined;
      const amount = stated(key, '');
      if (amount !== undefined) return { quantity: amount, basis: 'by use' };
      if (perRun === undefined) return undefined;
      const [runs, seconds] = [stated(key, `.${RUNS}`), stated(key, `.${SECONDS_EACH}`)];
      if (runs === undefined || seconds === undefined) return undefined;
      const each = billedSeconds(seconds, perRun.time);
      return {
        quantity: runs * each * perRun.unitsPerSecond,
        basis: `by use: ${runs} runs × ${each} billed s × ${Number(perRun.unitsPerSecond.toPrecision(6))}`,
      };
    },
  };
}

/** `*.storage` of `Stack/Bucket.storage`. */
export function kindOf(key: string): string {
  return `*.${key.slice(key.lastIndexOf('.') + 1)}`;
}
