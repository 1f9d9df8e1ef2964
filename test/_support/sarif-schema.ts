import { readFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * The schema that OASIS publishes for SARIF 2.1.0 with errata 01
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json).
 */
export function sarifProblems(text: string): readonly string[] {
  const read = schema().safeParse(JSON.parse(text));
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

let made: z.ZodType | undefined;

function schema(): z.ZodType {
  const published = readFileSync('test/_support/schemas/sarif-2.1.0.json', 'utf8');
  // A reference may be relative; the library holds it for a whole address.
  made ??= z.fromJSONSchema(JSON.parse(published.replaceAll('"format": "uri-reference"', '"minLength": 0')));
  return made;
}
