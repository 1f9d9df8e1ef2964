import type { CurrencyAmounts, DatedRate } from '#lib/cost/in-currency';
import type { Estimate } from '#lib/cost/estimate';
import { column, type Screen } from '#lib/report/document-model';
import { ABSENT, usd, usdBand } from '#lib/report/format';

/** Totals in another currency, with the rate they were converted by. */
export function currencyLines({ inCurrency, atLeast }: Estimate): string[] {
  if (inCurrency === undefined) return [];
  const { currency, monthly, oneOff, presentValue } = inCurrency;
  return [
    `${usdBand(monthly, atLeast)} ${currency}/month · ${usd(oneOff, atLeast)} ${currency} one-off · ${usd(presentValue, atLeast)} ${currency} present value`,
    `  ${rateLine(inCurrency)}`,
  ];
}

/** The screen with the main figures of its document in another currency, before the commands that could come next. */
export function besideCurrency(screen: Screen, inCurrency: CurrencyAmounts | undefined): Screen {
  if (inCurrency === undefined) return screen;
  const next = screen.findIndex(({ kind }) => kind === 'next');
  return screen.toSpliced(next === -1 ? screen.length : next, 0, ...currencySections(inCurrency));
}

function currencySections(inCurrency: CurrencyAmounts): Screen {
  const { amounts, currency } = inCurrency;
  const figures = [...new Set(amounts.map(({ figure }) => figure))];
  const cellOf = (of: string, figure: string) => {
    const found = amounts.find((each) => each.of === of && each.figure === figure);
    return found === undefined ? ABSENT : usd(found.amount?.base ?? null, found.atLeast);
  };
  return [
    {
      kind: 'lines',
      heading: `In ${currency}`,
      lines: [`${rateLine(inCurrency)}; sentences and all other tables stay in USD`],
    },
    {
      kind: 'table',
      columns: [column(currency), ...figures.map((figure, index) => column(figure, 'right', index))],
      rows: [...new Set(amounts.map(({ of }) => of))].map((of) => [
        of,
        ...figures.map((figure) => cellOf(of, figure)),
      ]),
    },
  ];
}

function rateLine({ currency, perUsd, asOf, source }: DatedRate): string {
  return `at ${perUsd} ${currency} to the USD (${source}, ${asOf})`;
}
