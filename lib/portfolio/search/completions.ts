/** Money of an option that carries exactly this set of scenarios, which is not empty and allowed. */
export type SetPrices = (option: number, set: number) => number;

/** What serving a set costs at least with the options from one on, all sets at once. */
export interface Completions {
  readonly least: (fromOption: number, set: number) => number;
  /** What each option takes in the cheapest assignment of all scenarios; `null` where none is possible. */
  readonly best: () => readonly number[] | null;
}

/**
 * Every set's least cost, exactly. Options are taken from the last to the first; for each the cheapest way to serve a set
 * with it and those after it is the minimum over what it takes of the set. Every assignment is one path through these
 * stages: options^scenarios assignments in 3^scenarios × options steps.
 */
export function completions({
  sets,
  allowed,
  price,
}: {
  readonly sets: number;
  readonly allowed: readonly number[];
  readonly price: SetPrices;
}): Completions {
  const nothing = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  nothing[0] = 0;
  const least: Float64Array[] = [nothing];
  const taken: Int32Array[] = [];
  for (let option = allowed.length - 1; option >= 0; option -= 1) {
    const after = least[0] ?? nothing;
    const may = allowed[option] ?? 0;
    const own = pricesOf(sets, may, (set) => price(option, set));
    const served = Float64Array.from(after);
    const choice = new Int32Array(sets);
    for (let set = 1; set < sets; set += 1) {
      const mine = set & may;
      for (let part = mine; part > 0; part = (part - 1) & mine) {
        const total = (own[part] ?? 0) + (after[set ^ part] ?? 0);
        if (total < (served[set] ?? 0)) {
          served[set] = total;
          choice[set] = part;
        }
      }
    }
    least.unshift(served);
    taken.unshift(choice);
  }
  return {
    least: (fromOption, set) => least[fromOption]?.[set] ?? Number.POSITIVE_INFINITY,
    best: () => {
      if ((least[0]?.[sets - 1] ?? Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY) return null;
      let left = sets - 1;
      return taken.map((choice) => {
        const part = choice[left] ?? 0;
        left ^= part;
        return part;
      });
    },
  };
}

function pricesOf(sets: number, allowed: number, price: (set: number) => number): Float64Array {
  const prices = new Float64Array(sets);
  for (let set = allowed; set > 0; set = (set - 1) & allowed) prices[set] = price(set);
  return prices;
}
