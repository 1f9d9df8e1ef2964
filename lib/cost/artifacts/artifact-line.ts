import type { ReadResource } from '#lib/artifacts/unresolved';
import type { LineItem } from '#lib/cost/estimate';
import type { Band } from '#lib/units/band';

/** A line of the bill, and where it comes from: what joins the two books. */
export interface ArtifactLine {
  readonly item: LineItem;
  readonly address: string;
  readonly type: string;
  /** Of the line in a usage file; its own key, but for the upper steps of a ladder. */
  readonly usageKey: string;
  /** Id of the price that it asks for, where one that holds everywhere answers too; `null` for a resource without one. */
  readonly priceId: string | null;
  /** True where only use decides its quantity. */
  readonly isByUse: boolean;
  /** True where its use may be stated as runs of a duration. */
  readonly takesRuns: boolean;
  /** True where the load decides how much is used beyond this. */
  readonly isFloor: boolean;
}

/**
 * A resource with one line that has no price of its own: free, or unpriced, and why.
 *
 * @param resources - Itself as bills name it, see `namesOf`
 */
export function statedLine(
  { address, type }: ReadResource,
  resources: readonly string[],
  state: 'free' | 'unpriced',
  why: string,
): ArtifactLine {
  const amount = state === 'free' ? 0 : null;
  const item: LineItem = {
    key: address,
    label: type,
    category: 'platform',
    tangible: true,
    quantity: 0,
    unit: 'none',
    unitPriceUsd: amount,
    monthlyUsd: amount,
    monthlyBandUsd: state === 'free' ? NOTHING : null,
    oneOffUsd: amount,
    presentValueUsd: amount,
    basis: why,
    source: null,
    resources,
    state,
    derived: false,
    assumed: false,
  };
  return {
    item,
    address,
    type,
    usageKey: address,
    priceId: null,
    isByUse: false,
    takesRuns: false,
    isFloor: false,
  };
}

/**
 * A resource as the lines of a bill name it; one list for all of them. Made apart from the lines: V8 makes an object whose
 * literal holds a list ten times as slowly.
 */
export function namesOf({ path, address }: ReadResource): readonly string[] {
  return [path ?? address];
}

const NOTHING: Band = { low: 0, base: 0, high: 0 };
