import type { FreeAllowance } from '#lib/catalog/free-tier';
import { referenceOfId } from '#lib/catalog/prices';
import type { Source } from '#lib/catalog/provenance';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import { roundUsd } from '#lib/units/money';
import { mapBand, scaleBand } from '#lib/units/band';

/** What takes the free tier off a bill. */
export interface FreeTier {
  readonly allowances: readonly FreeAllowance[];
  readonly sources: ReadonlyMap<string, Source>;
}

/** Follows the key of the line that an allowance is taken off. */
const SUFFIX = 'free-tier';

/**
 * The lines of a bill, and after each what the free tier takes off it, as a line of its own with a negative amount. An
 * account has an allowance once, however many resources use it: the first lines take it. It goes at the price of the
 * ladder's first step, where the price list has it too.
 */
export function withFreeTier(
  lines: readonly ArtifactLine[],
  { allowances, sources }: FreeTier,
): ArtifactLine[] {
  const bySku = new Map(
    allowances.flatMap((each) =>
      each.skus.map((sku) => [`${each.service}/${sku}/${each.unit}`, each] as const),
    ),
  );
  const left = new Map<string, number>();
  return lines.flatMap((line) => {
    const price = line.priceId === null ? null : referenceOfId(line.priceId);
    if (price?.seller !== 'aws' || price.term !== 'on-demand') return [line];
    const allowance = bySku.get(`${price.service}/${price.sku}/${price.unit}`);
    if (allowance === undefined || line.item.monthlyUsd === null) return [line];
    const holder = allowance.per === 'region' ? `${allowance.id} in ${price.region}` : allowance.id;
    const before = left.get(holder) ?? allowance.quantity;
    const taken = Math.min(before, line.item.quantity);
    left.set(holder, before - taken);
    return taken > 0 ? [line, allowanceLine(line, allowance, taken, sources.get(allowance.source))] : [line];
  });
}

/** What was taken off, in one sentence. */
export function freeTierNotes(lines: readonly ArtifactLine[]): readonly string[] {
  const taken = lines.filter(({ item }) => item.key.endsWith(`.${SUFFIX}`));
  const usd = taken.reduce((sum, { item }) => sum - (item.monthlyUsd ?? 0), 0);
  return [
    `the free tier of an account of its own takes ${usd.toFixed(2)} USD a month off ${taken.length} lines; other apps of the account use it too`,
  ];
}

function allowanceLine(
  line: ArtifactLine,
  { quantity, unit, per, asOf, source: id }: FreeAllowance,
  taken: number,
  source: Source | undefined,
): ArtifactLine {
  if (source === undefined) throw new Error(`an allowance cites the unknown source ${id}`);
  const { item } = line;
  const share = -taken / item.quantity;
  const scaled = (usd: number | null) => (usd === null ? null : roundUsd(usd * share));
  const band = item.monthlyBandUsd;
  return {
    ...line,
    item: {
      ...item,
      key: `${item.key}.${SUFFIX}`,
      label: `${item.label}: free each month`,
      quantity: -taken,
      monthlyUsd: scaled(item.monthlyUsd),
      monthlyBandUsd: band === null ? null : mapBand(scaleBand(band, share), roundUsd),
      presentValueUsd: scaled(item.presentValueUsd),
      basis: `free tier: ${quantity} ${unit} a month for ${per === 'region' ? 'each region of an account' : 'an account'}`,
      source: { id, publisher: source.publisher, asOf, method: source.method },
    },
  };
}
