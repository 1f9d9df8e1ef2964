import type { Accelerator } from '#lib/catalog/accelerators';
import type { NodeOffering } from '#lib/targets/offering';
import { areaOf } from '#lib/targets/site';
import { grouped } from '#lib/units/grouped';

/** ECCN 3A090.a.1 of the Commerce Control List (15 CFR 774, supplement 1; in force since 88 FR 73458 of 2023-10-25). */
const LICENSED_FROM = 4_800;

/**
 * What a buyer in China must know: the United States license what reaches this total processing performance, which is
 * dense TFLOPS × bits of an operand at the type where that is most. Parts of less may fall under their density.
 */
export function exportNotes(
  { name, denseTflops }: Pick<Accelerator, 'name' | 'denseTflops'>,
  { price, region }: Pick<NodeOffering, 'price' | 'region'>,
): string[] {
  const isBought = price === null;
  if (!isBought || areaOf(region) !== 'china') return [];
  const { bf16, fp8, fp4, int8 } = denseTflops;
  const performance = Math.max(bf16 * 16, (fp8 ?? 0) * 8, (int8 ?? 0) * 8, (fp4 ?? 0) * 4);
  if (performance < LICENSED_FROM) return [];
  return [
    `${name} reaches ${grouped(Math.round(performance))} of total processing performance: from ${grouped(LICENSED_FROM)} on its delivery to China takes a US export licence (ECCN 3A090.a), which neither price nor lead time counts`,
  ];
}
