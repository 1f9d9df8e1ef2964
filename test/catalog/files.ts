import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const FOLDER = join(__dirname, '../../lib/catalog/data');

/** Every file with one record a line. */
export const FILES: readonly string[] = [
  ...readdirSync(FOLDER).filter((file) => file.endsWith('.json')),
  ...['prices', 'serving-rows'].flatMap((folder) =>
    readdirSync(join(FOLDER, folder)).map((file) => `${folder}/${file}`),
  ),
];

/** Files of measured runs: their first line names the columns. */
export const ROW_FILES = FILES.filter(
  (file) => file.startsWith('serving-rows/') || file === 'unfitted-rows.json',
);

/** Fitted constants and measured operators: one document each, made by a script. */
export const MADE_FILES: readonly string[] = ['sizing', 'kernels'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder)).map((file) => `${folder}/${file}`),
);

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
