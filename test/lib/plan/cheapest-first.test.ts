import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestOf, type Cost } from '#lib/plan/cheapest-first';

const NONE = Number.POSITIVE_INFINITY;

/** Bounds one after the other, the last of which is the cost. */
interface Drawn {
  readonly costs: readonly Cost[];
}
const CANDIDATES = array(
  record({
    steps: array(constantFrom(0, 1, 5, NONE), { maxLength: 3 }),
    from: integer({ min: 0, max: 20 }),
    gpus: integer({ min: 1, max: 3 }),
  }),
).map((drawn) =>
  drawn.map(({ steps, from, gpus }): Drawn => {
    const usd = steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 0) + step], [from]);
    return { costs: usd.map((usdPerMonth) => ({ usdPerMonth, gpus: usdPerMonth === NONE ? NONE : gpus })) };
  }),
);
const costOf = ({ costs }: Drawn) => costs.at(-1) ?? { usdPerMonth: NONE, gpus: NONE };
const byCost = (a: Cost, b: Cost) =>
  a.usdPerMonth === b.usdPerMonth ? a.gpus - b.gpus : a.usdPerMonth - b.usdPerMonth;

/** What is found, and how often each candidate was looked at. */
function looked(candidates: readonly Drawn[]) {
  const looks = new Map(candidates.map((candidate) => [candidate, 0]));
  const known = (candidate: Drawn) => looks.get(candidate) ?? 0;
  const found = cheapestOf(
    candidates,
    (candidate) => candidate.costs[known(candidate)] ?? costOf(candidate),
    (candidate) => {
      if (known(candidate) === candidate.costs.length - 1) return false;
      looks.set(candidate, known(candidate) + 1);
      return true;
    },
  );
  return { found, looks };
}

describe('the cheapest of candidates', () => {
  it('is that of knowing what all of them cost', () => {
    assert(
      property(CANDIDATES, (candidates) => {
        const [cheapest] = candidates
          .map(costOf)
          .filter(({ gpus }) => gpus !== NONE)
          .toSorted(byCost);
        const { found } = looked(candidates);
        expect(found && costOf(found)).toEqual(cheapest);
      }),
    );
  });

  it('is found without a look at what is dearer by its bound', () => {
    assert(
      property(CANDIDATES, (candidates) => {
        const { found, looks } = looked(candidates);
        const before = [...looks].flatMap(([{ costs }, count]) => costs[count - 1] ?? []);
        const tooDear = before.filter((bound) => found !== undefined && byCost(bound, costOf(found)) > 0);
        expect(tooDear).toEqual([]);
      }),
    );
  });

  it('looks at all of them to the end where none has a fleet', () => {
    const none = { usdPerMonth: NONE, gpus: NONE };
    const candidates = [{ costs: [{ usdPerMonth: 3, gpus: 1 }, none] }, { costs: [none, none, none] }];
    const { found, looks } = looked(candidates);
    expect({ found, looks: [...looks.values()] }).toEqual({ found: undefined, looks: [1, 2] });
  });
});
