import type { Model } from '#lib/catalog/models';

/**
 * The dimensions of a model in one word: models of the same dimensions do the same work, so that what was measured of
 * DeepSeek-R1 holds for DeepSeek-V3. `61x7168/h128:x/f18432/v129280/e256x2048:8+1/c512:`.
 */
export function architectureOf(model: Model): string {
  let known = KNOWN.get(model);
  if (known === undefined) KNOWN.set(model, (known = spelt(model)));
  return known;
}

/** Every layout of every option asks for it. */
const KNOWN = new WeakMap<Model, string>();

function spelt(model: Model): string {
  const { layers, hidden, heads, kvHeads, headDim, ffn, vocabulary, moe, mla } = model;
  const parts = [
    `${layers}x${hidden}`,
    `h${heads}:${kvHeads ?? ''}x${headDim ?? ''}`,
    `f${ffn ?? ''}`,
    `v${vocabulary}`,
    ...(moe === null ? [] : [`e${moe.experts}x${moe.expertFfn}:${moe.topK}+${moe.sharedExperts}`]),
    ...(mla === null ? [] : [`c${mla.kvLoraRank}:${mla.indexTopk ?? ''}`]),
    ...(model.kvLayers === null ? [] : [`k${model.kvLayers}`]),
    ...(model.slidingWindowTokens === null
      ? []
      : [`w${model.slidingWindowTokens}:${model.kvFullLayers ?? ''}`]),
  ];
  return parts.join('/');
}
