import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRAFTS, SCHEMA_FILES, schemaText } from '#lib/spec/json-schema';

for (const draft of DRAFTS) {
  const file = join(__dirname, '..', 'schema', SCHEMA_FILES[draft]);
  writeFileSync(file, schemaText(draft));
  console.log(`wrote schema/${SCHEMA_FILES[draft]}`);
}
