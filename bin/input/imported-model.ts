import { basename, dirname, join, resolve } from 'node:path';
import { readTextFile, statOf } from '#bin/files/read-text-file';
import { LandfallError } from '#lib/errors/landfall-error';
import type { ImportedModel } from '#lib/model-import/from-config';
import { modelFromFiles } from '#lib/model-import/model-files';

const ID = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/** The model of a `config.json`, and of the `tokenizer_config.json` that may lie beside it: `my-model=path/config.json`, or the path alone, named by its folder. */
export function importedModel(named: string): ImportedModel {
  const [first = '', ...rest] = named.split('=');
  const isNamed = rest.length > 0 && ID.test(first);
  const path = isNamed ? rest.join('=') : named;
  const id = isNamed ? first : idOf(path);
  return modelFromFiles(id, path, join(dirname(path), 'tokenizer_config.json'), {
    has: (file) => statOf(file)?.isFile() === true,
    read: readTextFile,
  });
}

function idOf(path: string): string {
  const id = basename(dirname(resolve(path)))
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  if (ID.test(id)) return id;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: path,
    got: 'a folder whose name makes no id',
    expected: 'a name for the model',
    fix: `write my-model=${path}`,
  });
}
