import type { Accelerator } from '#lib/catalog/accelerators';
import { modelSuggestion } from '#lib/catalog/model-suggestion';
import type { Model } from '#lib/catalog/models';
import type { CatalogTable } from '#lib/catalog/query';
import type { ErrorCode } from '#lib/errors/codes';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

/** The model of the catalog that `--model` or `--teacher` names. */
export function knownModel(at: string, id: string | undefined, models: ReadonlyMap<string, Model>): Model {
  return known(at, id, models, {
    code: 'UNKNOWN_MODEL',
    kind: 'models',
    fixFor: (word, ids) => modelSuggestion(word, ids, models),
  });
}

/** The accelerator of the catalog that `--gpu` names. */
export function knownGpu(id: string | undefined, all: ReadonlyMap<string, Accelerator>): Accelerator {
  return known('--gpu', id, all, { code: 'UNKNOWN_GPU', kind: 'accelerators', fixFor: suggestion });
}

function known<T>(
  at: string,
  id: string | undefined,
  all: ReadonlyMap<string, T>,
  { code, kind, fixFor }: { code: ErrorCode; kind: CatalogTable; fixFor: typeof suggestion },
): T {
  const found = id === undefined ? undefined : all.get(id);
  if (found !== undefined) return found;
  throw new LandfallError({
    code,
    at,
    ...(id === undefined ? {} : { got: `"${id}"` }),
    expected: `an id of the catalog: landfall catalog --kind ${kind}`,
    fix: id === undefined ? `write ${at} <id>` : fixFor(id, [...all.keys()]),
  });
}

export function choice<T extends string>(at: string, text: string, choices: readonly T[]): T {
  const found = choices.find((each) => each === text);
  if (found !== undefined) return found;
  throw new LandfallError({
    code: 'NOT_A_CHOICE',
    at,
    got: `"${text}"`,
    expected: `one of ${choices.join(', ')}`,
    fix: suggestion(text, choices),
  });
}

/** The number of a flag, or `undefined` where it was not given. */
export function decimal(at: string, text: string | undefined): number | undefined {
  return numberOf(at, text, { expected: 'a number above 0', example: '10', isFine: (value) => value > 0 });
}

/** The share of a flag, or `undefined` where it was not given. */
export function share(at: string, text: string | undefined): number | undefined {
  const isFine = (value: number) => value > 0 && value < 1;
  return numberOf(at, text, { expected: 'a share above 0 and below 1', example: '0.5', isFine });
}

interface NumberForm {
  readonly expected: string;
  readonly example: string;
  readonly isFine: (value: number) => boolean;
}

function numberOf(
  at: string,
  text: string | undefined,
  { expected, example, isFine }: NumberForm,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && isFine(value)) return value;
  throw new LandfallError({
    code: 'OUT_OF_RANGE',
    at,
    got: `"${text}"`,
    expected,
    fix: `write it as ${at} ${example}`,
  });
}
