import { fine, textOf, type Run } from '#bin/command';
import { readEnvironment } from '#bin/input/read-input';
import { writeOnce } from '#bin/files/write-files';
import { documentText } from '#lib/catalog/price-documents';
import { pinPrices } from '#lib/compare/pin-prices';
import { LandfallError } from '#lib/errors/landfall-error';
import { counted } from '#lib/report/format';
import { renderText } from '#lib/report/text';

const USUAL_FILE = 'landfall.prices.json';

export const run: Run = ([path], flags, surroundings) => {
  if (path === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall catalog pin',
      expected: 'an environment file',
      fix: 'write landfall catalog pin environments/support.yaml',
    });
  }
  const { environment, catalog, asOf } = readEnvironment(path, flags, surroundings);
  const pin = pinPrices({ environment, catalog, asOf });
  const output = textOf(flags, 'output') ?? USUAL_FILE;
  if (output === '-') return fine(documentText(pin));
  writeOnce(output, documentText(pin), flags['force'] === true);
  const screen = renderText(
    [
      {
        kind: 'heading',
        level: 1,
        text: `${output}: ${counted(pin.prices.length, 'price')} pinned for ${pin.environment}`,
        details: [`as of ${asOf} · catalogue of ${pin.catalog} · sha256 ${pin.sha256.slice(0, 16)}`],
      },
      {
        kind: 'next',
        commands: [
          `landfall compare ${path} --prices ${output}`,
          `landfall catalog diff ${output} bundled --exit-code`,
        ],
      },
    ],
    { ...surroundings, wide: true },
  );
  return fine(screen);
};
