/** Factors of the suffixes, by the API's own table (apimachinery, `resource.Quantity`). */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The API holds whole numbers of 63 bits. */
const LARGEST = 2 ** 63;

/** A quantity of Kubernetes as a number: `500m` is 0.5, `2Gi` is 2,147,483,648; `null` for what is none. */
export function quantityOf(value: unknown): number | null {
  if (typeof value === 'number') return isPossible(value) ? value : null;
  if (typeof value !== 'string') return null;
  const [, digits = '', suffix = ''] =
    /^(\d+(?:\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.exec(value.trim()) ?? [];
  if (digits === '') return null;
  const factor = Object.hasOwn(FACTORS, suffix) ? FACTORS[suffix] : Number(`1${suffix}`);
  const amount = Number(digits) * (factor ?? Number.NaN);
  return isPossible(amount) ? amount : null;
}

function isPossible(amount: number): boolean {
  return amount >= 0 && amount <= LARGEST;
}

export const BYTES_PER_GIB = 2 ** 30;
