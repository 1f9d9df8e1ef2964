import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fine, textOf, type Run } from '#bin/command';
import { packageRoot } from '#bin/package-root';
import { writeOnce } from '#bin/files/write-files';
import { renderText } from '#lib/report/text';
import { PRESETS, presetOf, starterEnvironment } from '#lib/spec/starter';

const SCHEMA = 'environment.schema.json';

export const run: Run = ([wanted = PRESETS[0].id], flags, surroundings) => {
  const preset = presetOf(wanted);
  const output = textOf(flags, 'output') ?? `${preset}.yaml`;
  const text = readFileSync(join(packageRoot(), 'environments', `${preset}.yaml`), 'utf8');
  const schema = schemaPath(output);
  const environment = starterEnvironment(text, {
    name: nameOf(output, preset),
    schemaPath: schema ?? `./${SCHEMA}`,
  });
  if (output === '-') return fine(environment);
  writeOnce(output, environment, flags['force'] === true);
  const title = PRESETS.find(({ id }) => id === preset)?.title ?? '';
  const beside = join(dirname(output), SCHEMA);
  return fine(
    renderText(
      [
        { kind: 'lines', lines: [`wrote ${output}: ${title}`] },
        {
          kind: 'next',
          commands: [
            `landfall check ${output}`,
            `landfall compare ${output}`,
            ...(schema === undefined
              ? [`landfall schema environment > ${beside}   # completion in editors`]
              : []),
          ],
        },
      ],
      surroundings,
    ),
  );
};

/** Path for editors, where the schema lies in the same project; elsewhere it would hold on this machine only. */
function schemaPath(output: string): string | undefined {
  const schema = join(packageRoot(), 'schema', SCHEMA);
  const isOutside = (file: string) => relative(process.cwd(), resolve(file)).startsWith('..');
  if (output === '-' || isOutside(schema) || isOutside(output)) return undefined;
  const path = relative(dirname(resolve(output)), schema).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** The file's name as an id: lower case, digits and hyphens, starting with a letter. */
function nameOf(output: string, preset: string): string {
  const name = basename(output)
    .replace(/\.ya?ml$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  return name === '' ? preset : name;
}
