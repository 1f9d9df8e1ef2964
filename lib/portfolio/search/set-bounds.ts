import type { LeastLoad } from '#lib/portfolio/search/least-load';

/** What sets of scenarios (bits) cost at the very least, USD/month. */
export interface SetBounds {
  /** On an option. */
  readonly ofSet: (option: number, set: number) => number;
  /** All scenarios that are not in the set, where none of them is on that option. */
  readonly beyond: (option: number, set: number) => number;
}

export interface BoundedProblem {
  readonly scenarios: number;
  readonly options: number;
  /** `null` where the scenario may not be. */
  readonly load: (option: number, scenario: number) => LeastLoad | null;
  /** What any set with the scenario costs on the option at least, USD/month; infinite where it may not be. */
  readonly single: (option: number, scenario: number) => number;
}

/**
 * On an option a set costs the sums of its scenarios' least loads. Scenarios that are elsewhere cost there the sums of
 * what each has as its least elsewhere, and no less than the dearest of them has alone.
 */
export function setBounds({ scenarios, options, load, single }: BoundedProblem): SetBounds {
  const all = Array.from({ length: scenarios }, (_, scenario) => scenario);
  const each = Array.from({ length: options }, (_, option) => option);
  const loads = each.map((option) => all.map((scenario) => load(option, scenario)));
  const onOption = each.map((option) => sumsOf(loads[option] ?? []));
  const elsewhere = each.map((option) => {
    const others = each.filter((other) => other !== option);
    const least = sumsOf(
      all.map((scenario) => leastOf(others.map((other) => loads[other]?.[scenario] ?? null))),
    );
    const dearest = dearestOf(
      all.map((scenario) => Math.min(...others.map((other) => single(other, scenario)))),
    );
    return least.map((usd, set) => Math.max(usd, dearest[set] ?? 0));
  });
  const everything = 2 ** scenarios - 1;
  return {
    ofSet: (option, set) => onOption[option]?.[set] ?? Infinity,
    beyond: (option, set) => elsewhere[option]?.[everything ^ set] ?? Infinity,
  };
}

/** The least of several in every part; all of them hold together, so that they still add up. */
export function leastOf(loads: readonly (LeastLoad | null)[]): LeastLoad | null {
  const some = loads.filter((one) => one !== null);
  if (some.length === 0) return null;
  const ownUsd = Math.min(...some.map((one) => one.ownUsd));
  const nodesUsd = new Float64Array(some[0]?.nodesUsd.length ?? 0);
  for (let part = 0; part < nodesUsd.length; part += 1) {
    nodesUsd[part] = Math.min(...some.map((one) => one.ownUsd + (one.nodesUsd[part] ?? 0))) - ownUsd;
  }
  return { ownUsd, nodesUsd };
}

/** Σ own + the largest of Σ nodes, of every set; infinite with one that may not be. */
function sumsOf(loads: readonly (LeastLoad | null)[]): Float64Array {
  const sums = new Float64Array(2 ** loads.length);
  const parts = Math.max(0, ...loads.map((load) => load?.nodesUsd.length ?? 0));
  const levels = Array.from({ length: loads.length + 1 }, () => new Float64Array(parts));
  const add = (from: number, set: number, depth: number, ownUsd: number) => {
    const before = levels[depth] ?? new Float64Array(parts);
    const after = levels[depth + 1] ?? before;
    for (let scenario = from; scenario < loads.length; scenario += 1) {
      const load = loads[scenario] ?? null;
      const next = set | (1 << scenario);
      const own = ownUsd + (load?.ownUsd ?? Infinity);
      let most = 0;
      for (let part = 0; part < parts; part += 1) {
        const sum = (before[part] ?? 0) + (load?.nodesUsd[part] ?? 0);
        after[part] = sum;
        if (sum > most) most = sum;
      }
      sums[next] = own + most;
      add(scenario + 1, next, depth + 1, own);
    }
  };
  add(0, 0, 0, 0);
  return sums;
}

function dearestOf(usd: readonly number[]): Float64Array {
  const dearest = new Float64Array(2 ** usd.length);
  for (let set = 1; set < dearest.length; set += 1) {
    const first = 31 - Math.clz32(set & -set);
    dearest[set] = Math.max(dearest[set & (set - 1)] ?? 0, usd[first] ?? 0);
  }
  return dearest;
}
