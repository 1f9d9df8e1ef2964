import { describe, expect, it } from 'vitest';
import { bundleText, isUntouched, makeBundle, type PlanBundle } from '#lib/lifecycle/bundle';
import { planBundleSchema } from '#lib/report/documents/plan-bundle';
import { smallBundle } from '../../_support/small-bundle';

describe('a bundle', () => {
  const bundle = smallBundle();
  const text = bundleText(bundle);
  const read = (other: string): PlanBundle | null => {
    try {
      const root: unknown = JSON.parse(other);
      return planBundleSchema.safeParse(root).success ? (root as PlanBundle) : null;
    } catch {
      return null;
    }
  };
  const isAccepted = (other: string) => {
    const found = read(other);
    return found !== null && isUntouched(found, other);
  };

  it('is what was written', () => {
    expect(isAccepted(text)).toBe(true);
    expect(makeBundle(bundle)).toEqual(bundle);
  });

  it('is refused when it is cut at any byte', () => {
    const accepted = Array.from({ length: text.length }, (_, length) => length).filter((length) =>
      isAccepted(text.slice(0, length)),
    );
    expect(accepted).toEqual([]);
  });

  it('is refused when any bit of it is another', () => {
    const bytes = Buffer.from(text);
    const accepted: string[] = [];
    for (let at = 0; at < bytes.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ (1 << bit);
        if (isAccepted(other.toString('utf8'))) accepted.push(`${at}.${bit}`);
      }
    expect(accepted).toEqual([]);
  });

  it('is refused when it was written anew with other changes under the old digests', () => {
    const [stack] = bundle.stacks;
    if (stack === undefined) throw new Error('no stack');
    const forged = { ...bundle, stacks: [{ ...stack, changes: [] }] };
    expect(isAccepted(bundleText(forged))).toBe(false);
    expect(isAccepted(JSON.stringify(bundle))).toBe(false);
  });
});
