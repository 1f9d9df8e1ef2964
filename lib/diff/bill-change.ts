import type { Estimate, LineItem } from '#lib/cost/estimate';
import type { CurrencyAmounts } from '#lib/cost/in-currency';
import { roundUsd } from '#lib/units/money';

/** A bill under the name that it is called by. */
export interface NamedBill {
  readonly name: string;
  readonly estimate: Pick<Estimate, 'lines' | 'totals' | 'atLeast' | 'asOf'>;
}

/** What a line said on one side. */
export interface LineSide {
  /** What is bought: a node of another type is another thing under the same key. */
  readonly label: string;
  readonly quantity: number;
  readonly unitPriceUsd: number | null;
  readonly monthlyUsd: number | null;
  readonly state: LineItem['state'];
}

export interface LineChange {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  /** `null` where the side has no such line. */
  readonly before: LineSide | null;
  readonly after: LineSide | null;
  /** `null` where a side has the line without an amount: the difference is unknown, not 0. */
  readonly deltaUsd: number | null;
}

export interface ResourceChange {
  readonly address: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** USD a month of the lines with an amount; `null` where there is none. */
  readonly beforeUsd: number | null;
  readonly afterUsd: number | null;
  readonly deltaUsd: number | null;
  /** True where a line that changed has no amount: more comes on top of the difference. */
  readonly isOpen: boolean;
  /** The lines that changed; those of an added or removed resource all did. */
  readonly lines: readonly LineChange[];
}

/** A change of the bill held against what it may cost more in a month. */
export interface IncreaseVerdict {
  readonly mostUsd: number;
  /** Above it, or 0. */
  readonly overUsd: number;
  readonly state: 'within' | 'within-so-far' | 'over';
}

/** `landfall/bill-change/v1`. Amounts are USD a month. */
export interface BillChange {
  readonly schema: 'landfall/bill-change/v1';
  readonly from: string;
  readonly to: string;
  readonly asOf: { readonly from: string; readonly to: string };
  readonly beforeUsd: number;
  readonly afterUsd: number;
  readonly deltaUsd: number;
  /** Parts of `deltaUsd`: what is bought, and what a unit of it costs. */
  readonly because: { readonly quantityUsd: number; readonly priceUsd: number };
  /** True where something that changed has no amount: the difference is incomplete. */
  readonly isOpen: boolean;
  /** Largest difference first, those without an amount after them. */
  readonly resources: readonly ResourceChange[];
  readonly unchanged: number;
  /** Where the change was held to one. */
  readonly increase?: IncreaseVerdict;
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}

/** What two bills of infrastructure code differ by, resource by resource. Lines are told apart by their keys. */
export function billChange(from: NamedBill, to: NamedBill): BillChange {
  const [before, after] = [byResource(from.estimate.lines), byResource(to.estimate.lines)];
  const addresses = [...new Set([...before.keys(), ...after.keys()])];
  const resources = addresses.flatMap((address) =>
    changeOf(address, before.get(address), after.get(address)),
  );
  const [beforeUsd, afterUsd] = [from.estimate.totals.monthlyUsd.base, to.estimate.totals.monthlyUsd.base];
  const deltaUsd = roundUsd(afterUsd - beforeUsd);
  const priceUsd = roundUsd(
    resources.flatMap(({ lines }) => lines).reduce((sum, line) => sum + byPrice(line), 0),
  );
  return {
    schema: 'landfall/bill-change/v1',
    from: from.name,
    to: to.name,
    asOf: { from: from.estimate.asOf, to: to.estimate.asOf },
    beforeUsd,
    afterUsd,
    deltaUsd,
    because: { quantityUsd: roundUsd(deltaUsd - priceUsd), priceUsd },
    isOpen: resources.some(({ isOpen }) => isOpen),
    resources: resources.toSorted((a, b) => Math.abs(b.deltaUsd ?? 0) - Math.abs(a.deltaUsd ?? 0)),
    unchanged: addresses.length - resources.length,
  };
}

/** Holds the increase to a limit: a change that is open may still break it. */
export function heldToIncrease({ deltaUsd, isOpen }: BillChange, mostUsd: number): IncreaseVerdict {
  const overUsd = roundUsd(Math.max(0, deltaUsd - mostUsd));
  return { mostUsd, overUsd, state: overUsd > 0 ? 'over' : isOpen ? 'within-so-far' : 'within' };
}

/** A line that pays for several resources, as those of a plan's own book do, stands under its own key. */
function byResource(lines: readonly LineItem[]): ReadonlyMap<string, readonly LineItem[]> {
  const groups = new Map<string, LineItem[]>();
  for (const line of lines) {
    const [only, ...more] = line.resources;
    const address = only === undefined || more.length > 0 ? line.key : only;
    const group = groups.get(address);
    if (group === undefined) groups.set(address, [line]);
    else group.push(line);
  }
  return groups;
}

function changeOf(
  address: string,
  before: readonly LineItem[] = [],
  after: readonly LineItem[] = [],
): readonly ResourceChange[] {
  const [old, now] = [byKey(before), byKey(after)];
  const lines = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    lineChange(key, old.get(key), now.get(key)),
  );
  if (lines.length === 0) return [];
  const deltas = lines.flatMap(({ deltaUsd }) => (deltaUsd === null ? [] : [deltaUsd]));
  return [
    {
      address,
      change: before.length === 0 ? 'added' : after.length === 0 ? 'removed' : 'changed',
      beforeUsd: sumOf(before.map(({ monthlyUsd }) => monthlyUsd)),
      afterUsd: sumOf(after.map(({ monthlyUsd }) => monthlyUsd)),
      deltaUsd: sumOf(deltas),
      isOpen: deltas.length < lines.length,
      lines,
    },
  ];
}

function byKey(lines: readonly LineItem[]): ReadonlyMap<string, LineItem> {
  return new Map(lines.map((line) => [line.key, line]));
}

function lineChange(
  key: string,
  old: LineItem | undefined,
  now: LineItem | undefined,
): readonly LineChange[] {
  const line = now ?? old;
  const [before, after] = [sideOf(old), sideOf(now)];
  if (line === undefined || isSame(before, after)) return [];
  const isUnknown = [before, after].some((side) => side !== null && side.monthlyUsd === null);
  const deltaUsd = isUnknown ? null : roundUsd((after?.monthlyUsd ?? 0) - (before?.monthlyUsd ?? 0));
  return [{ key, label: line.label, unit: line.unit, before, after, deltaUsd }];
}

function sideOf(line: LineItem | undefined): LineSide | null {
  if (line === undefined) return null;
  const { label, quantity, unitPriceUsd, monthlyUsd, state } = line;
  return { label, quantity, unitPriceUsd, monthlyUsd, state };
}

function isSame(before: LineSide | null, after: LineSide | null): boolean {
  if (before === null || after === null) return before === after;
  return (
    before.label === after.label &&
    before.quantity === after.quantity &&
    before.unitPriceUsd === after.unitPriceUsd &&
    before.monthlyUsd === after.monthlyUsd &&
    before.state === after.state
  );
}

/** What the new quantity of the same thing costs more by the new price than it would by the old one. */
function byPrice({ before, after, deltaUsd }: LineChange): number {
  if (deltaUsd === null || before === null || after === null || before.label !== after.label) return 0;
  if (before.unitPriceUsd === null || after.unitPriceUsd === null) return 0;
  return after.quantity * (after.unitPriceUsd - before.unitPriceUsd);
}

/** Of the amounts that are known; `null` where none is. */
function sumOf(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : roundUsd(known.reduce((sum, amount) => sum + amount, 0));
}
