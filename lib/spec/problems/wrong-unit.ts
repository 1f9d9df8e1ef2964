/** A number with a unit behind it: `80GB`, `800 ms`, `12 rps`, `50%`, `1.5k`. */
const MEASURED = /^\s*([-+]?(?:\d[\d,_]*)?\.?\d+(?:e[-+]?\d{1,3})?)\s*([a-zµ%][a-zµ%/ ]{0,30})\s*$/i;

/** Factors from what people write to what the field takes, by the field's unit. */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ms: { ms: 1, s: 1_000, sec: 1_000, seconds: 1_000, us: 0.001, µs: 0.001, min: 60_000 },
  'requests/s': {
    rps: 1,
    'req/s': 1,
    'requests/s': 1,
    rpm: 1 / 60,
    'req/min': 1 / 60,
    'requests/min': 1 / 60,
  },
  tokens: { tokens: 1, token: 1, k: 1e3, m: 1e6 },
  months: { months: 1, month: 1, y: 12, year: 12, years: 12 },
  'bytes per chunk': { b: 1, bytes: 1, kb: 1e3, kib: 1024, mb: 1e6 },
  chunks: { chunks: 1, k: 1e3, m: 1e6, b: 1e9 },
  'USD/kWh': { usd: 1, 'usd/kwh': 1, ct: 0.01, cents: 0.01 },
};

export interface MeasuredText {
  readonly unit: string;
  /** The number to write, in the field's unit; `undefined` where the unit has nothing to do with the field. */
  readonly number: number | undefined;
}

/** Reads a text that should have been a bare number. */
export function readMeasured(text: string, fieldUnit: string | undefined): MeasuredText | undefined {
  const [, digits, unit] = MEASURED.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const amount = Number(digits.replaceAll(/[,_]/g, ''));
  const written = unit.trim().toLowerCase();
  if (written === '%' || written === 'percent') {
    return {
      unit: written,
      number: fieldUnit?.startsWith('share') === true ? rounded(amount / 100) : undefined,
    };
  }
  const factor = fieldUnit === undefined ? undefined : FACTORS[fieldUnit]?.[written];
  return { unit: written, number: factor === undefined ? undefined : rounded(amount * factor) };
}

/** Without the noise of a conversion. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
