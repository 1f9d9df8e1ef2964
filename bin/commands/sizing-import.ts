import { EXIT, fine, json, textOf, type Flags, type Run } from '#bin/command';
import { readTextFile } from '#bin/files/read-text-file';
import { wholeNumber } from '#bin/flags/whole-number';
import { writeOnce } from '#bin/files/write-files';
import { loadCatalog } from '#lib/catalog/load';
import { repositoriesOf, type Given } from '#lib/measurements/given';
import { readMeasurements } from '#lib/measurements/read-measurements';
import { counted } from '#lib/report/format';
import { renderText } from '#lib/report/text';

/** Largest result file, in bytes: 64 MiB. */
const MAXIMUM_BYTES = 64 * 2 ** 20;

export const run: Run = ([file = ''], flags, surroundings) => {
  const text = readTextFile(file, 'a result file of a load generator', MAXIMUM_BYTES);
  const given = { ...givenOf(flags), repositories: repositoriesOf(loadCatalog().models.values()) };
  const { rows, leftOut } = readMeasurements(text, file, given);
  const document = json({ rows });
  const output = textOf(flags, 'output') ?? '-';
  const notes = leftOut.map(({ id, reason }) => `left out ${id}: ${reason}\n`).join('');
  if (output === '-') return { stdout: document, stderr: notes, exitCode: EXIT.fine };
  writeOnce(output, document, flags['force'] === true);
  const screen = renderText(
    [
      {
        kind: 'lines',
        lines: [
          `wrote ${output}: ${counted(rows.length, 'run')} of ${file}`,
          ...leftOut.map(({ id, reason }) => `left out ${id}: ${reason}`),
        ],
      },
      {
        kind: 'next',
        commands: [`landfall sizing evaluate ${output}`, `landfall sizing calibrate ${output}`],
      },
    ],
    surroundings,
  );
  return fine(screen);
};

function givenOf(flags: Flags): Given {
  const word = (flag: string) => textOf(flags, flag);
  const number = (flag: string) => wholeNumber(`--${flag}`, textOf(flags, flag));
  return defined({
    model: word('model'),
    gpu: word('gpu'),
    gpus: number('gpus'),
    engine: word('engine'),
    precision: word('precision'),
    kvPrecision: word('kv'),
    tensor: number('tp'),
    inputTokens: number('in'),
    outputTokens: number('out'),
    concurrency: number('concurrency'),
  });
}

/** Without what was not given: an absent field and an undefined one differ. */
function defined<T extends Readonly<Record<string, unknown>>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
