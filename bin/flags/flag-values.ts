import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

/** The entry of the catalog that `--model`, `--teacher` or `--gpu` names. */
export function known<T>(at: string, id: string | undefined, all: ReadonlyMap<string, T>): T {
  const found = id === undefined ? undefined : all.get(id);
  if (found !== undefined) return found;
  const isGpu = at === '--gpu';
  throw new LandfallError({
    code: isGpu ? 'UNKNOWN_GPU' : 'UNKNOWN_MODEL',
    at,
    ...(id === undefined ? {} : { got: `"${id}"` }),
    expected: `an id of the catalog: landfall catalog --kind ${isGpu ? 'accelerators' : 'models'}`,
    fix: id === undefined ? `write ${at} <id>` : suggestion(id, [...all.keys()]),
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
