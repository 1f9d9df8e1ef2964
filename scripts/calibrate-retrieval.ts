import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '#lib/catalog/load';
import { calibrateRetrieval } from '#lib/retrieval/calibrate';
import type { VectorSearchRow } from '#lib/retrieval/search-row';

const DATA = join(__dirname, '..', 'lib', 'catalog', 'data');
const ROWS = 'vector-search-rows.json';
const CONSTANTS = 'retrieval-constants.json';

const rows = JSON.parse(readFileSync(join(DATA, ROWS), 'utf8')) as VectorSearchRow[];
const [sourceId, ...others] = new Set(rows.map(({ source }) => source));
const source = loadCatalog({ folder: DATA })
  .sources()
  .get(sourceId ?? '');
if (source === undefined || others.length > 0) throw new Error(`${ROWS} must cite one source of the catalog`);
const records = calibrateRetrieval(rows, { rows: ROWS, source: source.id, asOf: source.retrieved });
// One record a line, as every table of the catalog.
writeFileSync(
  join(DATA, CONSTANTS),
  `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`,
);
console.log(`wrote lib/catalog/data/${CONSTANTS} from ${rows.length} rows`);
