/** Points at which a difference is looked at before it is bisected; a crossing and its return between two are not seen. */
const STEPS = 24;
const HALVINGS = 60;

/**
 * Where a function that is negative at `from` first stops being so on the way to `to`; `null` where it never does. Found
 * by steps and bisection; `from` may lie above `to`.
 */
export function firstCrossing(
  difference: (value: number) => number,
  from: number,
  to: number,
): number | null {
  let last = from;
  for (let step = 1; step <= STEPS; step += 1) {
    const value = from + ((to - from) * step) / STEPS;
    if (difference(value) >= 0) return bisected(difference, last, value);
    last = value;
  }
  return null;
}

/** Between a value where the difference is negative and one where it is not. */
function bisected(difference: (value: number) => number, negative: number, other: number): number {
  let [inside, outside] = [negative, other];
  for (let halving = 0; halving < HALVINGS && inside !== outside; halving += 1) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) break;
    if (difference(middle) >= 0) outside = middle;
    else inside = middle;
  }
  return outside;
}
