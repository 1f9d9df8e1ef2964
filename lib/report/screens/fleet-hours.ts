import type { Estimate } from '#lib/cost/estimate';
import type { CommitmentPlan, ScalingPlan } from '#lib/plan/plan';
import type { Screen } from '#lib/report/document-model';
import { count, percent } from '#lib/report/format';
import { hourBars } from '#lib/report/screens/hour-bars';
import { duration } from '#lib/units/duration';

/** When which part of a fleet stands, and how it is bought; nothing where all of it stands and is bought alike. */
export function fleetHours({ scaling, commitment }: Pick<Estimate, 'scaling' | 'commitment'>): Screen {
  const lines = [
    ...(scaling === undefined ? [] : scalingLines(scaling)),
    ...(commitment === undefined ? [] : [commitmentLine(commitment)]),
  ];
  return lines.length === 0 ? [] : [{ kind: 'lines', heading: 'Hours of the fleet', lines }];
}

function scalingLines({
  policy,
  replicasByHour,
  nodeHoursPerMonth,
  paidShare,
  utilisation,
  lateShare,
  coldStartSeconds,
}: ScalingPlan): string[] {
  const { workingDay, weekendDay } = replicasByHour;
  return [
    `${policy}: ${count(nodeHoursPerMonth.base)} node-hours a month, ${percent(paidShare)} of a fleet that stands; ${percent(utilisation)} of them work`,
    ...hourBars([
      { title: 'replicas, working day', values: workingDay },
      { title: 'weekend day', values: weekendDay },
    ]),
    lateShare === 0
      ? 'no request waits for a start, if the load keeps to its profile'
      : `${percent(lateShare)} of the requests come while what they need starts: up to ${duration(coldStartSeconds)} more`,
  ];
}

function commitmentLine({ nodes, term, unusedShare, breakEvenShare }: CommitmentPlan): string {
  return `${count(nodes)} nodes under ${term}, ${percent(unusedShare)} of their hours unused; pays from ${percent(breakEvenShare)} of the hours on`;
}
