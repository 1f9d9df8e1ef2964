import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT_NAMES, documentSchemaFile, documentSchemaText } from '#lib/report/documents';

for (const name of DOCUMENT_NAMES) {
  const file = documentSchemaFile(name);
  writeFileSync(join(__dirname, '..', 'schema', file), documentSchemaText(name));
  console.log(`wrote schema/${file}`);
}
