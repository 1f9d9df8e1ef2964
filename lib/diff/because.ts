import type { DiffBill, DiffLine, MadeBy } from '#lib/diff/side';
import { roundUsd } from '#lib/units/money';

/** Parts of a difference of money by what caused them; together they are the difference. */
export interface Because {
  /** By what the environment says; `null` where it cannot be told from the program's part. */
  readonly spec: number | null;
  /** By other prices, models or calibration; `null` where it cannot be told from the rest. */
  readonly catalog: number | null;
  /** By another version of this program; `null` where it cannot be told from the specification's part. */
  readonly engine: number | null;
  /** What the parts that are `null` are together. @default - every part is known */
  readonly undivided?: number;
}

/** Two bills by one program: what the other catalog changes of the first is the catalog's, the rest the specification's. */
export function becauseOfCatalog(from: DiffBill, repriced: DiffBill, to: DiffBill): Because {
  const middle = repriced.totals.monthlyUsd.base;
  return {
    spec: roundUsd(to.totals.monthlyUsd.base - middle),
    catalog: roundUsd(middle - from.totals.monthlyUsd.base),
    engine: 0,
  };
}

interface Made {
  readonly bill: DiffBill;
  readonly madeBy: MadeBy;
}

/**
 * Bills of which one at least is only a document. What both have in common causes nothing; where all that differs is one
 * thing, it causes all of it. Else the part of the prices is found line by line, and what is left belongs to what differs
 * too, which stays undivided where that is both the specification and the program.
 */
export function becauseOfDocuments(from: Made, to: Made): Because {
  const delta = roundUsd(to.bill.totals.monthlyUsd.base - from.bill.totals.monthlyUsd.base);
  const isSame = (part: keyof MadeBy) => from.madeBy[part] !== null && from.madeBy[part] === to.madeBy[part];
  const [isSameSpec, isSameVersion] = [isSame('specification'), isSame('version')];
  // Another version brings another bundled catalog, whatever it is called.
  const isSameCatalog = isSameVersion && isSame('catalog');
  const byPrices = isSameCatalog ? 0 : pricePart(from.bill.lines, to.bill.lines);
  if (isSameVersion && isSameSpec) return { spec: 0, catalog: delta, engine: 0 };
  const catalog = byPrices === null ? null : roundUsd(byPrices);
  const rest = roundUsd(delta - (catalog ?? 0));
  if (catalog !== null && isSameVersion) return { spec: rest, catalog, engine: 0 };
  if (catalog !== null && isSameSpec) return { spec: 0, catalog, engine: rest };
  return {
    spec: isSameSpec ? 0 : null,
    catalog,
    engine: isSameVersion ? 0 : null,
    undivided: rest,
  };
}

/** What the second bill's quantities cost more by its prices than by the first one's; `null` without lines. */
function pricePart(from: readonly DiffLine[] | null, to: readonly DiffLine[] | null): number | null {
  if (from === null || to === null) return null;
  const before = new Map(from.map((line) => [line.key, line]));
  return to.reduce((sum, line) => sum + byPrice(before.get(line.key), line), 0);
}

/** Of people and delay a unit's price is made of what the specification says: only what is paid in money counts. */
function byPrice(old: DiffLine | undefined, now: DiffLine): number {
  if (old === undefined || old.label !== now.label || !now.tangible) return 0;
  if (now.monthlyUsd === null || old.unitPriceUsd === null || now.unitPriceUsd === null) return 0;
  if (now.unitPriceUsd === 0) return 0;
  return now.monthlyUsd * (1 - old.unitPriceUsd / now.unitPriceUsd);
}

/** The parts of several scenarios together: a part that is open in one is open in the sum. */
export function joinedBecause(parts: readonly Because[]): Because {
  const undivided = parts.reduce((sum, part) => sum + (part.undivided ?? 0), 0);
  const open = { spec: false, catalog: false, engine: false };
  const sums = { spec: 0, catalog: 0, engine: 0 };
  for (const part of parts) {
    for (const cause of ['spec', 'catalog', 'engine'] as const) {
      open[cause] ||= part[cause] === null;
      sums[cause] += part[cause] ?? 0;
    }
  }
  const isOpen = Object.values(open).some(Boolean);
  if (!isOpen) {
    return { spec: roundUsd(sums.spec), catalog: roundUsd(sums.catalog), engine: roundUsd(sums.engine) };
  }
  const total = (cause: keyof typeof sums) => (open[cause] ? null : roundUsd(sums[cause]));
  const known = (['spec', 'catalog', 'engine'] as const).filter((cause) => open[cause]);
  return {
    spec: total('spec'),
    catalog: total('catalog'),
    engine: total('engine'),
    undivided: roundUsd(known.reduce((sum, cause) => sum + sums[cause], undivided)),
  };
}
