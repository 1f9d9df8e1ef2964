import type { Context } from '#lib/plan/plan-request';
import type { ScalingPlan } from '#lib/plan/plan';
import type { ScalingQuestion } from '#lib/plan/scaling/scaling';
import { duration } from '#lib/units/duration';
import { roundTo } from '#lib/units/money';
import { SHARE_BELOW } from '#lib/units/percentile';

/** How the option's fleet is to follow its load; `null` where it stands. */
export function scalingAsked({ scenario, option, target, prices }: Context): ScalingQuestion | null {
  const { pace, atZero } = target.scaling;
  const { scaling, serving } = option;
  if (scaling.policy === 'fixed' || pace === undefined) return null;
  const releaseSeconds =
    scaling.policy === 'scale-to-zero' ? (atZero?.releaseSeconds ?? 0) : pace.releaseSeconds;
  return { scenario, scaling, fill: serving.fill, pace: { ...pace, releaseSeconds }, prices };
}

/** Why the option cannot follow its load as it asks to, before anything is sized. */
export function scalingMisfit({ scenario, option, target, knobs, site }: Context): string | null {
  const { scaling, serving } = option;
  if (scaling.policy === 'fixed') return null;
  if (!target.scaling.policies.includes(scaling.policy)) {
    return `${target.id} cannot be ${scaling.policy}: ${target.scaling.otherwise}`;
  }
  const { purchase } = knobs;
  if (!site.elastic || target.nodeTerms?.committed.some(({ term }) => term === purchase) === true) {
    return `nodes bought as ${String(purchase)} are paid all month: \`scaling\` saves nothing there; buy them by the hour`;
  }
  if (scaling.policy === 'scheduled' && scenario.traffic.profile === undefined) {
    return 'a schedule is made of the hours of `traffic.profile`, and there is none';
  }
  if (serving.disaggregation !== undefined) {
    return '`scaling` follows the load with one fleet, and `serving.disaggregation` makes two (prompts and answers), whose hours are not known apart: leave one of them out, `scaling` where the load is level, else `disaggregation`';
  }
  return null;
}

/** Why a fleet that starts too late for too many does not meet the objective; `null` where it does. */
export function lateMisfit(
  { policy, lateShare, coldStartSeconds }: ScalingPlan,
  { objectives }: Context['scenario'],
): string | null {
  const { ttftMs, percentile } = objectives;
  const allowed = 1 - SHARE_BELOW[percentile];
  if (ttftMs === undefined || lateShare <= allowed || coldStartSeconds * 1000 <= ttftMs) return null;
  return `${policy}: ${percent(lateShare)} of the requests come while what they need starts (${duration(coldStartSeconds)}), more than the ${percent(allowed)} that ${percentile} leaves; the first token is due after ${ttftMs} ms`;
}

/** What a reader must know of a fleet that comes and goes. */
export function scalingNotes(plan: ScalingPlan, { scenario, target }: Context): string[] {
  const { policy, coldStartSeconds, lateShare } = plan;
  const { atZero } = target.scaling;
  const notes: string[] = [];
  if (scenario.traffic.profile === undefined && policy === 'autoscaled') {
    notes.push(
      'without `traffic.profile` the peak may come in any hour: all nodes are paid all month, whatever the autoscaler does',
    );
  }
  if (lateShare > 0) {
    notes.push(
      `${percent(lateShare)} of the requests come while what they need starts: their first token takes up to ${duration(coldStartSeconds)} more`,
    );
  }
  if (policy === 'scheduled') {
    notes.push(
      'the schedule knows the hours of the profile only: what comes otherwise finds the room that `fill` leaves',
    );
  }
  if (policy === 'scale-to-zero' && atZero !== undefined) notes.push(atZero.note);
  return notes;
}

function percent(share: number): string {
  const percents = 100 * share;
  return `${percents > 0 && percents < 0.1 ? 'under 0.1' : roundTo(percents, 1)} %`;
}
