import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '#lib/catalog/models';
import { modelFromConfigText, type ImportedModel } from '#lib/model-import/from-config';

/**
 * The architecture fields of published `config.json` files, as ai-dynamo/aiconfigurator@095f58a keeps them; those of
 * Gemma 3, phi-4, GLM-4.5, Jamba and Kimi Linear from other public copies of the same files.
 */
const CONFIGS = join(__dirname, 'configs');

/** The model of a fixture, with some of its fields changed, removed (`undefined`) or added. */
export function imported(name: string, changes: Readonly<Record<string, unknown>> = {}): ImportedModel {
  const text = configText(name, changes);
  return modelFromConfigText(text, { id: name, path: `${name}/config.json` });
}

export function configText(name: string, changes: Readonly<Record<string, unknown>> = {}): string {
  const values = JSON.parse(readFileSync(join(CONFIGS, `${name}.json`), 'utf8')) as Record<string, unknown>;
  return JSON.stringify({ ...values, ...changes }, null, 2);
}

/** What is compared with the catalog's record to the last digit. */
export function dimensionsOf(model: Model): Partial<Model> {
  const { layers, hidden, heads, kvHeads, headDim, tiedEmbeddings, kvElementsPerToken } = model;
  const { kvLayers, kvFullLayers, slidingWindowTokens, mla, moe } = model;
  return {
    layers,
    hidden,
    heads,
    kvHeads,
    headDim,
    tiedEmbeddings,
    kvElementsPerToken,
    kvLayers,
    kvFullLayers,
    slidingWindowTokens,
    mla,
    moe,
  };
}
