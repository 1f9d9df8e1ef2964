import type { Accelerator } from '#lib/catalog/accelerators';
import type { NodeOffering } from '#lib/targets/port/offering';
import { areaOf } from '#lib/targets/port/site';
import { grouped } from '#lib/units/grouped';

/** ECCN 3A090.a.1 of the Commerce Control List (15 CFR 774, supplement 1; in force since 88 FR 73458 of 2023-10-25). */
const LICENSED_FROM = 4_800;

/** What whoever serves a model in China must know; nothing elsewhere. */
export function chinaNotes(
  accelerator: Pick<Accelerator, 'name' | 'denseTflops'>,
  offering: Pick<NodeOffering, 'price' | 'region'>,
): string[] {
  if (areaOf(offering.region) !== 'china') return [];
  return [
    ...exportNotes(accelerator, offering),
    // Blocked since May 2023 (Rest of World by GFWeb; acknowledged by Hugging Face on 2023-10-20, Semafor).
    'huggingface.co is not reached from mainland China: give the cluster a mirror of the weights (`HF_ENDPOINT`) and of the container images',
  ];
}

/**
 * The United States license what reaches this total processing performance, which is dense TFLOPS × bits of an operand at
 * the type where that is most. Parts of less may fall under their density.
 */
function exportNotes(
  { name, denseTflops }: Pick<Accelerator, 'name' | 'denseTflops'>,
  { price }: Pick<NodeOffering, 'price'>,
): string[] {
  const isBought = price === null;
  if (!isBought) return [];
  const { bf16, fp8, fp4, int8 } = denseTflops;
  const performance = Math.max(bf16 * 16, (fp8 ?? 0) * 8, (int8 ?? 0) * 8, (fp4 ?? 0) * 4);
  if (performance < LICENSED_FROM) return [];
  return [
    `${name} reaches ${grouped(Math.round(performance))} of total processing performance: from ${grouped(LICENSED_FROM)} on its delivery to China takes a US export licence (ECCN 3A090.a), which neither price nor lead time counts`,
  ];
}
