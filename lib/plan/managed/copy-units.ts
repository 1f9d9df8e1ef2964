import type { ImportArchitecture, ImportUnits } from '#lib/catalog/model-import';
import type { Model } from '#lib/catalog/models';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { kvBytesPerToken } from '#lib/sizing/kv-cache';
import { checkpointBytes, parametersOf } from '#lib/sizing/weights';
import { exactly, type Band } from '#lib/units/band';
import { GB } from '#lib/units/bytes';
import { grouped } from '#lib/units/grouped';

/** Units that one copy takes, and how that is known. */
export interface CopyUnits {
  readonly units: Band;
  /** `as stated`, or which published copies it follows from. */
  readonly from: string;
  readonly derived: boolean;
}

/** 10^9 bytes of a model's checkpoint in the format that it is published in; `null` where its size is not published. */
export function importedWeightsGb(model: Model): number | null {
  const parameters = parametersOf(model);
  return parameters === null ? null : checkpointBytes(model, parameters, nativePrecision(model)) / GB;
}

/** Copies hold their weights and what one sequence of the longest context caches, 10^9 bytes. */
function heldGb({
  weightsGb,
  contextTokens,
  cacheBytesPerToken,
}: Pick<ImportUnits, 'weightsGb' | 'contextTokens' | 'cacheBytesPerToken'>): number {
  return weightsGb + (contextTokens * cacheBytesPerToken) / GB;
}

/**
 * Custom model units of one copy. Bedrock decides them at the import, from architecture, size and context; a published copy
 * of the same model and context says them. Else they follow from what published copies of that version of the unit hold:
 * published counts are powers of two, so that a unit holds from `held ÷ units` to twice that. The base is the geometric
 * mean of what all of them allow, the band what any of them does. `null` where no copy of the version is published.
 */
export function copyUnits(
  model: Model,
  { unitVersion }: ImportArchitecture,
  published: readonly ImportUnits[],
): CopyUnits | null {
  const weightsGb = importedWeightsGb(model);
  const cacheBytesPerToken = kvBytesPerToken(model, 'bf16');
  const copies = published.filter((copy) => copy.unitVersion === unitVersion);
  if (weightsGb === null || cacheBytesPerToken === null || copies.length === 0) return null;
  const same = copies.find(({ id, contextTokens }) => {
    return id === model.id && contextTokens === model.maxContextTokens;
  });
  if (same !== undefined) {
    const from = `published for ${same.name} with ${grouped(same.contextTokens)} tokens of context`;
    return { units: exactly(same.unitsPerCopy), from, derived: false };
  }
  const least = copies.map((copy) => heldGb(copy) / copy.unitsPerCopy);
  // A copy of a single unit may fill it by any part.
  const most = copies.flatMap((copy) =>
    copy.unitsPerCopy === 1 ? [] : [(2 * heldGb(copy)) / copy.unitsPerCopy],
  );
  const any = { least: Math.min(...least), most: Math.max(...most, ...least) };
  const all = { least: Math.max(...least), most: Math.min(any.most, ...most) };
  const perUnit = all.least < all.most ? all : any;
  const held = heldGb({ weightsGb, cacheBytesPerToken, contextTokens: model.maxContextTokens });
  const units = powerOfTwo(held / Math.sqrt(perUnit.least * perUnit.most));
  return {
    units: {
      low: Math.min(units, Math.max(1, Math.ceil(held / any.most))),
      base: units,
      high: Math.max(units, powerOfTwo(held / any.least)),
    },
    from: `derived from ${copies.map(({ name, unitsPerCopy }) => `${name} (${unitsPerCopy})`).join(', ')} by what a copy holds`,
    derived: true,
  };
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(atLeast)));
}
