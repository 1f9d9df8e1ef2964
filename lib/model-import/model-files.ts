import { modelFromConfigText, type ImportedModel } from '#lib/model-import/from-config';

/** Largest configuration of a model, in bytes: 1 MiB. */
const MAXIMUM_CONFIG_BYTES = 2 ** 20;
/** The same of its tokenizer, which holds its templates and words: 16 MiB. */
const MAXIMUM_TOKENIZER_BYTES = 2 ** 24;

/** Where the files of a repository are read from; who reads them says where their problems stand. */
export interface ModelFiles {
  has(path: string): boolean;
  /** @param what - What the file should be, for errors */
  read(path: string, what: string, maximumBytes: number): string;
}

/** The model of a `config.json`, and of the `tokenizer_config.json` that may lie beside it, at `tokenizerPath`. */
export function modelFromFiles(
  id: string,
  path: string,
  tokenizerPath: string,
  files: ModelFiles,
): ImportedModel {
  const text = files.read(path, 'the config.json of a Hugging Face repository', MAXIMUM_CONFIG_BYTES);
  if (!files.has(tokenizerPath)) return modelFromConfigText(text, { id, path });
  const what = 'the tokenizer_config.json of a Hugging Face repository';
  const tokenizer = files.read(tokenizerPath, what, MAXIMUM_TOKENIZER_BYTES);
  return modelFromConfigText(text, { id, path, tokenizer: { path: tokenizerPath, text: tokenizer } });
}
