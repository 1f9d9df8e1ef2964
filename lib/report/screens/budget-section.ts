import type { BudgetVerdict } from '#lib/cost/budget';
import type { Screen } from '#lib/report/document-model';
import { usd } from '#lib/report/format';

export function budgetSections(budget: BudgetVerdict | undefined): Screen {
  if (budget === undefined) return [];
  const { budgetUsd, monthlyUsd, overUsd, state } = budget;
  const verdict = {
    within: 'within',
    'within-so-far': 'within so far: lines without a price or a stated use come on top',
    over: `over by ${usd(overUsd)}`,
  }[state];
  const amounts = `${usd(monthlyUsd)} of ${usd(budgetUsd)} USD/month`;
  return [{ kind: 'lines', heading: 'Budget', lines: [`${amounts}: ${verdict}`] }];
}
