import type { BudgetVerdict } from '#lib/cost/budget';
import type { Estimate } from '#lib/cost/estimate';
import type { IncreaseVerdict } from '#lib/diff/bill-change';
import { increaseWords } from '#lib/report/screens/bill-change-screen';
import { counted, usd } from '#lib/report/format';

/** One thing that a bill is held to, as reports for machines say it. */
export interface Guardrail {
  readonly id: 'budget' | 'increase' | 'unaccounted-resource' | 'unpriced-line' | 'stale-price';
  readonly title: string;
  /** `failed` fails a build; `open` is something to know. */
  readonly state: 'passed' | 'failed' | 'open';
  readonly message: string;
  /** Resources or lines that it is about. */
  readonly about: readonly string[];
}

/** What a bill and its budget say to a build: the budget decides, the rest is told. */
export function guardrailsOf(
  { unpriced, stale }: Pick<Estimate, 'unpriced' | 'stale'>,
  unaccounted: readonly string[],
  budget: BudgetVerdict | null,
): readonly Guardrail[] {
  const without = new Set(unaccounted);
  const lines = unpriced.filter((key) => !without.has(key));
  return [
    ...(budget === null ? [] : [budgetGuardrail(budget)]),
    told(
      'unaccounted-resource',
      'every resource is priced or free for a reason',
      unaccounted,
      'resource',
      'that nobody has priced',
    ),
    told('unpriced-line', 'every line has a price', lines, 'line', 'without a price'),
    told('stale-price', 'every price is young enough to trust', stale, 'price', 'too old to trust'),
  ];
}

function budgetGuardrail({ budgetUsd, monthlyUsd, overUsd, state }: BudgetVerdict): Guardrail {
  const amounts = `${usd(monthlyUsd)} of ${usd(budgetUsd)} USD a month`;
  const messages = {
    within: amounts,
    'within-so-far': `${amounts}, and lines without a price or a stated use come on top`,
    over: `${amounts}: ${usd(overUsd)} over`,
  } as const satisfies Record<BudgetVerdict['state'], string>;
  return {
    id: 'budget',
    title: `at most ${usd(budgetUsd)} USD a month`,
    state: state === 'over' ? 'failed' : state === 'within' ? 'passed' : 'open',
    message: messages[state],
    about: [],
  };
}

function told(
  id: Guardrail['id'],
  title: string,
  about: readonly string[],
  noun: string,
  what: string,
): Guardrail {
  const isFine = about.length === 0;
  const message = isFine ? title : `${counted(about.length, noun)} ${what}`;
  return { id, title, state: isFine ? 'passed' : 'open', message, about };
}

/** What a change of the bill says to a build. */
export function increaseGuardrail(verdict: IncreaseVerdict): Guardrail {
  return {
    id: 'increase',
    title: `at most ${usd(verdict.mostUsd)} USD a month more`,
    state: verdict.state === 'over' ? 'failed' : verdict.state === 'within' ? 'passed' : 'open',
    message: increaseWords(verdict),
    about: [],
  };
}
