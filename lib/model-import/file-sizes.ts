/** Largest configuration of a model, in bytes: 1 MiB. */
export const MAXIMUM_CONFIG_BYTES = 2 ** 20;
/** The same of its tokenizer, which holds its templates and words: 16 MiB. */
export const MAXIMUM_TOKENIZER_BYTES = 2 ** 24;
