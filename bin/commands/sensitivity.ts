import { fine, json, textOf, type Run } from '#bin/command';
import { knownOption } from '#bin/input/pick-option';
import { readEnvironment } from '#bin/input/read-input';
import { sentenceCurrency, withAmounts } from '#bin/input/stated-currency';
import { wholeNumber } from '#bin/flags/whole-number';
import { sensitivity } from '#lib/decision/sensitivity';
import { LandfallError } from '#lib/errors/landfall-error';
import { asAsked } from '#bin/output/quiet';
import { screenIn } from '#lib/report/in-currency';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { sensitivityScreen } from '#lib/report/screens/sensitivity-screen';
import { renderText } from '#lib/report/text';
import { sensitivityAmounts } from '#lib/report/usd-amounts';

const DRAWS = { least: 100, usual: 10_000, most: 1_000_000 } as const;

export const run: Run = ([path = ''], flags, surroundings) => {
  const { environment, catalog, asOf } = readEnvironment(path, flags, surroundings);
  const option = textOf(flags, 'option');
  if (option !== undefined) knownOption(option, environment, path);
  const draws = wholeNumber('--draws', textOf(flags, 'draws')) ?? DRAWS.usual;
  if (draws < DRAWS.least || draws > DRAWS.most) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: '--draws',
      got: String(draws),
      expected: `${DRAWS.least} to ${DRAWS.most} draws`,
      fix: `write --draws ${DRAWS.usual}`,
    });
  }
  const seed = wholeNumber('--seed', textOf(flags, 'seed')) ?? 1;
  const computed = sensitivity({
    environment,
    catalog,
    asOf,
    draws,
    seed,
    currency: sentenceCurrency(flags, catalog, environment.finance),
  });
  const document = withAmounts(computed, sensitivityAmounts, flags, catalog, environment.finance);
  if (flags['json']) return fine(json(document));
  const screen = asAsked(
    screenIn(document, document.inCurrency, (shown) => sensitivityScreen(shown, { path, option })),
    flags,
  );
  return fine(
    flags['markdown']
      ? renderMarkdown(screen)
      : renderText(screen, { ...surroundings, wide: flags['wide'] === true }),
  );
};
