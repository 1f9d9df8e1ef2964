/**
 * Fits the speed of training on the catalog's measured runs, cross-validates it, and writes
 * `lib/catalog/data/training-constants.json`. Run again it writes the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadCatalog } from '#lib/catalog/load';
import { calibrateTraining } from '#lib/training/calibrate';
import type { TrainingRow } from '#lib/training/training-row';

const DATA = join(__dirname, '..', 'lib', 'catalog', 'data');
const ROWS = 'training-rows.json';
const CONSTANTS = 'training-constants.json';

const rows = JSON.parse(readFileSync(join(DATA, ROWS), 'utf8')) as TrainingRow[];
const catalog = loadCatalog({ folder: DATA });
const records = calibrateTraining(rows, catalog, { rows: ROWS, asOf: catalog.snapshot });
// One record a line, as every table of the catalog.
writeFileSync(
  join(DATA, CONSTANTS),
  `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`,
);
for (const record of records) {
  if (!('medianApe' in record)) continue;
  const { id, runs, medianApe, p90Ape, bias } = record;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(`${id}: ${runs} runs, median ${percent(medianApe)}, p90 ${percent(p90Ape)}, bias ${bias}`);
}
