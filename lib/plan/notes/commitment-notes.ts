import type { CommitmentPlan } from '#lib/plan/plan';
import type { Context } from '#lib/plan/plan-request';
import { roundTo } from '#lib/units/money';

/** Why a base load cannot be committed to beside how the option buys its nodes. */
export function commitmentMisfit({ option, target, knobs }: Context): string | null {
  const terms = target.nodeTerms;
  if (option.commitment === 'none' || terms === undefined) return null;
  const bought = String(knobs[terms.knob]);
  return terms.committed.some(({ term }) => term === bought)
    ? `nodes bought as ${bought} are all committed to: with \`commitment\` the rest is bought by the hour`
    : null;
}

/** What a reader must know of what is committed to, or why nothing is. */
export function commitmentNotes({ option }: Context, plan: CommitmentPlan | undefined): string[] {
  const { commitment } = option;
  if (plan === undefined) {
    return commitment === 'none'
      ? []
      : ['no term that has a price saves anything: all nodes are bought by the hour'];
  }
  const { nodes, term, unusedShare, breakEvenShare } = plan;
  const often = `a node pays under ${term} if it is needed in ${percent(breakEvenShare)} of the hours`;
  return [`${nodes} nodes are committed to, ${percent(unusedShare)} of their hours unused; ${often}`];
}

function percent(share: number): string {
  return `${roundTo(100 * share, 1)} %`;
}
