import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const FOLDER = join(__dirname, '../../lib/catalog/data');

/** Every file with one record a line. */
export const FILES: readonly string[] = [
  ...readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== 'calibration.json'),
  ...readdirSync(join(FOLDER, 'prices')).map((file) => `prices/${file}`),
];

export const PRICE_FILES = FILES.filter((file) => file.startsWith('prices/'));

export function readText(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}

/** The records of a file, unchecked. */
export function records(file: string): readonly unknown[] {
  return z.array(z.unknown()).parse(JSON.parse(readText(file)));
}

/** The records of a file, checked; the failure names the first bad record. */
export function parsed<S extends z.ZodType>(file: string, schema: S): readonly z.infer<S>[] {
  return records(file).map((record) => {
    const result = schema.safeParse(record);
    if (!result.success) {
      throw new Error(`${file}: ${JSON.stringify(record).slice(0, 200)}\n${z.prettifyError(result.error)}`);
    }
    return result.data;
  });
}
