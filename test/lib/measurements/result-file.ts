import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { repositoriesOf, type Given } from '#lib/measurements/given';
import { readMeasurements } from '#lib/measurements/read-measurements';

export const catalog = loadCatalog();
export const repositories = repositoriesOf(catalog.models.values());

/** What none of the tools but InferenceX writes. */
export const GIVEN: Given = { gpu: 'h100-sxm', gpus: 1, engine: 'vllm', precision: 'bf16', repositories };

/** A result in the form of its tool, with invented figures; some of its keys changed or, as `undefined`, removed. */
export function resultText(name: string, changes: Readonly<Record<string, unknown>> = {}): string {
  const path = join(__dirname, 'results', `${name}.json`);
  const document = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return JSON.stringify({ ...document, ...changes }, null, 2);
}

export function rowOf(
  name: string,
  given: Given = GIVEN,
  changes: Readonly<Record<string, unknown>> = {},
): RawRow {
  const { rows, leftOut } = readMeasurements(resultText(name, changes), `runs/${name}.json`, given);
  const [row] = rows;
  if (row === undefined) throw new Error(leftOut[0]?.reason ?? 'no run');
  return row;
}
