import type { Estimate } from '#lib/cost/estimate';
import { offeringAt, termsOf, type CommitmentQuestion } from '#lib/plan/nodes/commitment';
import type { Feasible, Infeasible, Plan } from '#lib/plan/plan';
import { knobsOf, type Option } from '#lib/spec/schema/option';
import type { Scenario } from '#lib/spec/schema/scenario';
import type { Market, PlacedFleet, Target } from '#lib/targets/target';
import { roundUsd } from '#lib/units/money';

/** Ways to pay for the same fleet that an option does not ask for. */
export const PAYMENTS = ['scheduled', 'autoscaled', 'commitment', 'scheduled-and-commitment'] as const;
export type Payment = (typeof PAYMENTS)[number];

/** What an option would cost if its fleet followed its load or its base load were bought for a term. */
export interface BoughtOtherwise {
  readonly option: string;
  readonly payment: Payment;
  readonly monthlyUsd: number;
  readonly savesUsd: number;
  /** Of the node-hours of a fleet that always stands, the share that is paid. */
  readonly paidShare: number;
}

export interface FixedOption {
  readonly id: string;
  readonly option: Option;
  readonly target: Target;
  readonly fleet: PlacedFleet;
  readonly market: Market;
  /** Its plan and bill as written. */
  readonly plan: Plan;
  readonly bill: Estimate;
}

type Planned = Feasible | Infeasible;

const SCHEDULED = { policy: 'scheduled', minReplicas: 1, headroom: 0, timezone: 'UTC' } as const;
const AUTOSCALED = { policy: 'autoscaled', minReplicas: 1, headroom: 0 } as const;
/** Less is not worth a sentence. */
const LEAST_SAVED_SHARE = 0.02;

/**
 * The way to pay that saves most for an option whose fleet stands all month by the hour, planned and billed as any option
 * is, with the model and format that it has; `null` where none is possible, meets the objectives and saves. Without a traffic profile nothing is known of hours.
 */
export function boughtOtherwise(
  fixed: FixedOption,
  { traffic }: Scenario,
  planOf: (option: Option) => Planned,
  billOf: (planned: Feasible) => Estimate,
): BoughtOtherwise | null {
  const { id, bill } = fixed;
  const now = bill.totals.monthlyUsd.base;
  const ways = waysOf(fixed, traffic.profile !== undefined).flatMap(([payment, option]) => {
    const planned = planOf(option);
    if (!planned.feasible) return [];
    const { totals, atLeast, scaling } = billOf(planned);
    if (atLeast && !bill.atLeast) return [];
    const monthlyUsd = totals.monthlyUsd.base;
    return [
      {
        option: id,
        payment,
        monthlyUsd,
        savesUsd: roundUsd(now - monthlyUsd),
        paidShare: scaling?.paidShare ?? 1,
      },
    ];
  });
  const [best] = ways.toSorted((a, b) => a.monthlyUsd - b.monthlyUsd);
  return best === undefined || best.savesUsd < LEAST_SAVED_SHARE * now ? null : best;
}

function waysOf(
  { option: written, target, plan, fleet, market }: FixedOption,
  hasProfile: boolean,
): [Payment, Option][] {
  if (written.scaling.policy !== 'fixed' || written.commitment !== 'none' || plan.serving === null) return [];
  const { precision } = plan.serving;
  const option = { ...written, serving: { ...written.serving, model: plan.model.id, precision } };
  const { policies } = target.scaling;
  const canCommit = isSoldForATerm(fleet, { commitment: 'auto', target, market, knobs: knobsOf(written) });
  const scheduled = hasProfile && policies.includes('scheduled');
  return [
    ...(scheduled ? [['scheduled', { ...option, scaling: SCHEDULED }] as [Payment, Option]] : []),
    ...(hasProfile && policies.includes('autoscaled')
      ? [['autoscaled', { ...option, scaling: AUTOSCALED }] as [Payment, Option]]
      : []),
    ...(canCommit ? [['commitment', { ...option, commitment: 'auto' }] as [Payment, Option]] : []),
    ...(scheduled && canCommit
      ? [
          ['scheduled-and-commitment', { ...option, scaling: SCHEDULED, commitment: 'auto' }] as [
            Payment,
            Option,
          ],
        ]
      : []),
  ];
}

/** Whether a term for its nodes has a price at all: else planning for one would be in vain. */
function isSoldForATerm({ nodes }: PlacedFleet, question: CommitmentQuestion): boolean {
  return nodes.some(({ offering }) =>
    termsOf(question).some(({ term }) => offeringAt(question, offering, term) !== null),
  );
}
