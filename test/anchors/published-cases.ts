import {
  blendedUsdPerMillion,
  breakEvenHours,
  joulesPerToken,
  paybackMonths,
  tokensPerSecondPerMw,
  usdPerMillionTokens,
} from './published-formulas';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { expectedFailures } from '#lib/facility/spares';
import { bookOf, capital, financeOf, monthly, planOf } from '../_support/bill-builders';

/** One published figure: what is printed, and what we make of the same inputs. */
export interface PublishedCase {
  readonly who: string;
  readonly what: string;
  readonly unit: string;
  readonly theirs: number;
  /** Digits after the point that are printed. */
  readonly decimals: number;
  readonly ours: number;
}

/** Whether it is the printed figure when it is printed so. */
export function isEqual({ theirs, ours, decimals }: PublishedCase): boolean {
  return ours.toFixed(decimals) === theirs.toFixed(decimals);
}

/** The cases as a table in Markdown, ours with a digit more. */
export function publishedTable(): string {
  const rows = PUBLISHED_CASES.map((one) => {
    const { who, what, unit, theirs, ours, decimals } = one;
    const figures = [figure(theirs, decimals), figure(ours, decimals + 1)];
    return `| ${[who, what, unit, ...figures, isEqual(one) ? 'yes' : 'last digit'].join(' | ')} |`;
  });
  const head = [
    '| Published by | Case | Unit | Theirs | Ours | Equal as printed |',
    '| --- | --- | --- | --: | --: | --- |',
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}

function figure(value: number, decimals: number): string {
  const [whole = '', part] = value.toFixed(decimals).split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`);
}

const LENOVO = 'Lenovo, on premises versus cloud (2025)';
const INFERENCEX = 'InferenceX, unit economics';
const PAN = 'Pan et al., on-premises LLM deployment';
const SERVER_USD = 833_806;
const RUNNING_USD_PER_HOUR = 0.87;

const gpt5 = blendedUsdPerMillion(1.25, 10, 1 / 3);
const opus = blendedUsdPerMillion(15, 75, 1 / 3);

function payback(hardwareUsd: number, powerKw: number, millions: number, apiUsd: number): number {
  const months = paybackMonths({
    hardwareUsd,
    powerKw,
    hoursPerMonth: 160,
    usdPerKwh: 0.15,
    millionTokensPerMonth: millions,
    apiUsdPerMillionTokens: apiUsd,
  });
  return months ?? Number.NaN;
}

/** Months against Opus, of the volume that the printed months against GPT-5 imply. */
function predicted(hardwareUsd: number, powerKw: number, monthsGpt5: number): number {
  const volume = (hardwareUsd / monthsGpt5 + powerKw * 160 * 0.15) / gpt5;
  return payback(hardwareUsd, powerKw, volume, opus);
}

/** Five years of one price by the hour, without interest. */
function fiveYears(usdPerHour: number): number {
  return estimateFromPlan(planOf([monthly('hours', 730)]), {
    prices: bookOf({ hours: usdPerHour }),
    finance: financeOf({ horizonMonths: 60, discountRatePerYear: 0 }),
    asOf: '2026-11-23',
  }).totals.presentValueUsd;
}

/** A server over four years, its hosting and its licences, USD a year. */
export function nvidiaYear(licences: number): number {
  const plan = planOf([
    capital('server', 1, 'none', 48),
    monthly('hosting', 1 / 12),
    monthly('licence', licences / 12),
  ]);
  const prices = bookOf({ server: 320_000, hosting: 3_000, licence: 4_500 });
  const finance = financeOf({ horizonMonths: 48, discountRatePerYear: 0 });
  return estimateFromPlan(plan, { prices, finance, asOf: '2026-11-23' }).totals.monthlyUsd.base * 12;
}

const of = (who: string, unit: string, decimals: number) => (what: string, theirs: number, ours: number) =>
  ({ who, what, unit, theirs, decimals, ours }) satisfies PublishedCase;

const lenovo = of(LENOVO, 'h', 0);
const inferencex = of(INFERENCEX, 'USD/Mtok', 3);
const pan = of(PAN, 'months', 1);
const nvidia = of('NVIDIA, an inference server', 'USD/year', 0);

/** The published cases whose operands are published too, at the precision that they are printed with. */
export const PUBLISHED_CASES: readonly PublishedCase[] = [
  lenovo(
    'break-even against 98.32 USD/h',
    8_556,
    breakEvenHours(SERVER_USD, 98.32, RUNNING_USD_PER_HOUR) ?? 0,
  ),
  lenovo(
    'break-even against 77.43 USD/h',
    10_890,
    breakEvenHours(SERVER_USD, 77.43, RUNNING_USD_PER_HOUR) ?? 0,
  ),
  { ...lenovo('five years of the cloud', 4_306_415, fiveYears(98.32)), unit: 'USD' },
  inferencex('5 USD/h at 1,000 tokens/s', 1.389, usdPerMillionTokens(5, 1_000)),
  inferencex('3 USD/h at 1,000 tokens/s', 0.833, usdPerMillionTokens(3, 1_000)),
  inferencex('5 USD/h at 2,000 tokens/s', 0.694, usdPerMillionTokens(5, 2_000)),
  { ...inferencex('H100 at 1.30 USD/h', 0.3611, usdPerMillionTokens(1.3, 1_000)), decimals: 4 },
  { ...inferencex('H200 at 1.41 USD/h', 0.3917, usdPerMillionTokens(1.41, 1_000)), decimals: 4 },
  { ...inferencex('MI355X at 1.48 USD/h', 0.4111, usdPerMillionTokens(1.48, 1_000)), decimals: 4 },
  { ...inferencex('B200 at 1.95 USD/h', 0.5417, usdPerMillionTokens(1.95, 1_000)), decimals: 4 },
  {
    ...inferencex('1.73 kW at 1,000 tokens/s', 578_034.68, tokensPerSecondPerMw(1_000, 1.73)),
    unit: 'tokens/s/MW',
    decimals: 2,
  },
  {
    ...inferencex('1.73 kW at 1,000 tokens/s', 1.73, joulesPerToken(1_000, 1.73)),
    unit: 'J/token',
    decimals: 2,
  },
  pan('Magistral on an RTX 5090 against GPT-5', 3, payback(2_000, 0.575, 95, gpt5)),
  pan('Magistral on an RTX 5090 against Opus 4', 0.4, payback(2_000, 0.575, 95, opus)),
  pan('EXAONE 32B against Opus 4', 0.3, predicted(2_000, 0.575, 2.26)),
  pan('Qwen3-30B against Opus 4', 0.3, predicted(2_000, 0.575, 2.5)),
  pan('gpt-oss-120b against Opus 4', 3.9, predicted(15_000, 0.4, 30.9)),
  pan('GLM-4.5-Air against Opus 4', 4.3, predicted(30_000, 0.8, 34)),
  pan('Llama 3.3 70B against Opus 4', 2.3, predicted(15_000, 0.4, 17.8)),
  pan('Qwen3-235B against Opus 4', 4.3, predicted(60_000, 1.6, 34)),
  pan('Kimi K2 against Opus 4', 8.7, predicted(240_000, 6.4, 69.3)),
  nvidia('320,000 over 4 years, 3,000 hosting, one licence of 4,500', 87_500, nvidiaYear(1)),
  {
    ...of('The Llama 3 Herd of Models', '%/GPU-year', 2)(
      '220 failures in 54 days of 16,384 GPUs',
      9.08,
      (100 * 220) / expectedFailures(16_384, 1, 54),
    ),
  },
];
