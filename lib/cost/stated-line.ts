import type { SourceReference } from '#lib/catalog/provenance';
import type { PricedLine } from '#lib/cost/line-item';
import type { LineItem } from '#lib/cost/estimate';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

export interface StatedAmount {
  readonly quantity: Band;
  readonly unit: string;
  readonly unitPriceUsd: number;
  /** Shape in time of one unit's worth. */
  readonly cash: readonly number[];
  /** Money leaves; `false` for a benefit that is only forgone. */
  readonly movesCash: boolean;
}

export interface StatedContext {
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  readonly source: SourceReference;
}

/** Where amounts of the environment file come from. */
export function environmentSource(asOf: string): SourceReference {
  return { id: 'environment', publisher: 'environment file', asOf, method: 'override' };
}

/** A line by an amount that stands in the environment or follows from other lines, not by a price of the catalog. */
export function statedLine(
  head: Pick<LineItem, 'key' | 'label' | 'category' | 'tangible' | 'basis'>,
  { quantity, unit, unitPriceUsd, cash, movesCash }: StatedAmount,
  { horizonMonths, discountRatePerYear, source }: StatedContext,
): PricedLine {
  const worthOfOne = unitPriceUsd * presentValue(cash, discountRatePerYear);
  const band = mapBand(quantity, (units) =>
    roundUsd(monthlyEquivalent(units * worthOfOne, horizonMonths, discountRatePerYear)),
  );
  const baseUsd = quantity.base * unitPriceUsd;
  const line: LineItem = {
    ...head,
    quantity: quantity.base,
    unit,
    unitPriceUsd,
    monthlyUsd: band.base,
    monthlyBandUsd: band,
    oneOffUsd: roundUsd(baseUsd * (cash[0] ?? 0)),
    presentValueUsd: roundUsd(quantity.base * worthOfOne),
    source,
    resources: [],
    state: 'priced',
    derived: false,
    assumed: true,
  };
  return { line, cashUsd: movesCash ? cash.map((share) => baseUsd * share) : [] };
}

/** A line whose amount would follow from a price that is missing: the total then means "at least". */
export function unpricedLine(
  head: Pick<LineItem, 'key' | 'label' | 'category' | 'tangible' | 'basis'>,
  { quantity, unit }: Pick<LineItem, 'quantity' | 'unit'>,
): PricedLine {
  const line: LineItem = {
    ...head,
    quantity,
    unit,
    unitPriceUsd: null,
    monthlyUsd: null,
    monthlyBandUsd: null,
    oneOffUsd: null,
    presentValueUsd: null,
    source: null,
    resources: [],
    state: 'unpriced',
    derived: false,
    assumed: false,
  };
  return { line, cashUsd: [] };
}
