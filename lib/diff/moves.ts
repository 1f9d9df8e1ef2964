import type { Plan } from '#lib/plan/plan';

/** A part of the place of a plan's resources that the other plan does not share. */
export interface Move {
  /** Path in the plan. */
  readonly at: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What moves everything from one plan to the other. Stacks are named by environment and option and stand in one region of
 * one target: where any of it differs, what is deployed next is other resources, and what these hold stays behind.
 */
export function movesOf(from: Plan, to: Plan): Move[] {
  if (from.target !== to.target) return [{ at: 'target', before: from.target, after: to.target }];
  const places: [string, string | null, string | null][] = [
    ['network.region', from.network.region, to.network.region],
    ['environment', from.environment, to.environment],
    ['option', from.option, to.option],
  ];
  return places.flatMap(([at, before, after]) =>
    before === after ? [] : [{ at, before: before ?? 'none', after: after ?? 'none' }],
  );
}
