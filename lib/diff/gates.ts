import type { DiffDocument } from '#lib/diff/environment-diff';
import type { DangerClass, Gate } from '#lib/spec/schema/review';
import { grouped } from '#lib/units/grouped';

/** What a gate says of a change. */
export interface GateVerdict {
  /** As it was asked for: `data-loss`, `cost:+10%`. */
  readonly gate: string;
  /** `open`: holds so far, but something has no price. `unknown`: a side does not say, which fails too. */
  readonly state: 'passed' | 'failed' | 'open' | 'unknown';
  readonly message: string;
  /** What it is about. */
  readonly about: readonly string[];
}

type Judged = Pick<DiffDocument, 'dangers' | 'cost' | 'notKnown'>;

/** Holds a change to its gates, each once. */
export function judgedGates(diff: Judged, gates: readonly Gate[]): readonly GateVerdict[] {
  const unique = [...new Map(gates.map((gate) => [gate.text, gate])).values()];
  return unique.map((gate) => ({ gate: gate.text, ...verdictOf(diff, gate) }));
}

/** What is not known may be what the gate is there for. */
export function hasFailed({ state }: GateVerdict): boolean {
  return state === 'failed' || state === 'unknown';
}

function verdictOf(diff: Judged, gate: Gate): Omit<GateVerdict, 'gate'> {
  const { cost } = diff;
  if (gate.kind === 'danger') return ofDangers(diff, gate.class);
  if (gate.kind === 'cost-usd') return increase(cost, gate.usd, `${usd(cost.delta)} USD a month`);
  if (gate.kind === 'cost-share') {
    const words =
      cost.before === 0 ? `${usd(cost.delta)} USD a month from nothing` : percent(cost.delta / cost.before);
    return increase(cost, gate.share * cost.before, words);
  }
  const { unpriced } = cost;
  return unpriced.length === 0
    ? passed('every line has a price')
    : { state: 'failed', message: `${unpriced.length} without a price`, about: unpriced };
}

function ofDangers({ dangers, notKnown = [] }: Judged, name: DangerClass): Omit<GateVerdict, 'gate'> {
  if (notKnown.includes('dangers')) {
    return { state: 'unknown', message: 'not known: a side is only a document', about: [] };
  }
  const found = dangers.filter((danger) => danger.class === name);
  if (found.length === 0) return passed('none');
  const about = found.map(({ address, before, after }) => `${address}: ${before} → ${after}`);
  return { state: 'failed', message: `${found.length} found`, about };
}

function increase({ delta, atLeast }: DiffDocument['cost'], mostUsd: number, words: string) {
  // Amounts are sums of floating point: a millionth of a dollar is none.
  if (delta > mostUsd + 1e-6) return { state: 'failed', message: words, about: [] } as const;
  if (!atLeast) return passed(words);
  return { state: 'open', message: `${words} so far: lines without a price come on top`, about: [] } as const;
}

function passed(message: string) {
  return { state: 'passed', message, about: [] } as const;
}

function usd(amount: number): string {
  return `${amount < 0 ? '−' : '+'}${grouped(Math.round(Math.abs(amount)))}`;
}

function percent(share: number): string {
  const hundredths = Math.abs(share) * 100;
  return `${share < 0 ? '−' : '+'}${hundredths < 10 ? hundredths.toFixed(1) : grouped(hundredths)} %`;
}
