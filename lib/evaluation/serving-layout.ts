import type { Model } from '#lib/catalog/models';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { layoutOf, usesAll, type Layout } from '#lib/evaluation/layout';
import { isAbsent, text, Unusable, whole } from '#lib/evaluation/row-fields';
import { shown } from '#lib/text/place';

/**
 * How a run spread its model over its GPUs, by the name of the layout or by its degrees.
 *
 * @throws Unusable where a degree is missing, two contradict each other, or together they leave GPUs out
 */
export function servingLayout(row: RawRow, gpus: number, model: Model): Layout {
  const named = isAbsent(row, 'parallel') ? null : text(row, 'parallel');
  const found = named === null ? byDegrees(row, gpus, model) : layoutOf(named);
  if (found === null)
    throw new Unusable(`parallel ${shown(named)} is not of a form such as TP8, TP4PP2 or DEP8`);
  const { tensor, pipeline, attentionData } = found;
  const degrees = named ?? `tp ${tensor}, pp ${pipeline}, attention_dp ${attentionData}`;
  if (!usesAll(found, gpus)) throw new Unusable(`${degrees} does not lay out ${gpus} GPUs`);
  if (named !== null) checkDegrees(row, found, named);
  return found;
}

function byDegrees(row: RawRow, gpus: number, model: Model): Layout {
  const tensor = whole(row, 'tp');
  const attentionData = attentionGroups(row, tensor, model);
  // All GPUs are of one stage where tensor and attention degrees take them all.
  const isWhole = isAbsent(row, 'pp') && usesAll({ tensor, pipeline: 1, attentionData }, gpus);
  return { tensor, pipeline: isWhole ? 1 : whole(row, 'pp'), attentionData, expertParallel: null };
}

/** Groups of attention: stated, or as many as tensor-parallel GPUs where engines switch them on by a flag. */
function attentionGroups(row: RawRow, tensor: number, model: Model): number {
  const copies = isAbsent(row, 'dp') ? null : whole(row, 'dp');
  const flag = flagOf(row);
  if (!isAbsent(row, 'attention_dp')) {
    const stated = whole(row, 'attention_dp');
    const isContradicted =
      flag !== null && (typeof flag === 'number' ? flag !== stated : flag ? stated === 1 : stated > 1);
    if (isContradicted) throw new Unusable('attention_dp and dp_attention contradict each other');
    if (copies !== null && copies > 1 && copies !== stated)
      throw new Unusable('attention_dp and dp contradict each other');
    return stated;
  }
  if (typeof flag === 'number') return flag;
  if (flag === true) return copies !== null && copies > 1 ? copies : tensor;
  if (copies !== null && copies > 1) {
    if (flag === false || model.moe === null)
      throw new Unusable(`dp is ${copies}: that are ${copies} replicas, write the run of one`);
    return copies;
  }
  return flag === false || copies === 1 ? 1 : whole(row, 'attention_dp');
}

/** `dp_attention` as a switch or, with some, as the number of groups. */
function flagOf(row: RawRow): boolean | number | null {
  if (isAbsent(row, 'dp_attention')) return null;
  const value = own(row, 'dp_attention');
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : null;
  if (word === 'true' || word === 'false') return word === 'true';
  if (value === 0) return false;
  return whole(row, 'dp_attention');
}

function checkDegrees(row: RawRow, { tensor, pipeline, attentionData }: Layout, named: string): void {
  const degrees: Readonly<Record<string, readonly number[]>> = {
    // Engines count attention groups beside the tensor degree or within it.
    tp: attentionData > 1 ? [tensor, tensor * attentionData] : [tensor],
    pp: [pipeline],
    attention_dp: [attentionData],
  };
  for (const [field, possible] of Object.entries(degrees)) {
    if (isAbsent(row, field)) continue;
    const stated = whole(row, field);
    if (!possible.includes(stated))
      throw new Unusable(`parallel ${named} and ${field} ${stated} contradict each other`);
  }
}
