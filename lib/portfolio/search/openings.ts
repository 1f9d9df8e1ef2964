import type { Catalog } from '#lib/catalog/catalog';
import type { LineContext } from '#lib/cash/line-context';
import type { Candidates } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import { NO_MONEY, type OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { portfolioCosts, type PortfolioCosts } from '#lib/portfolio/search/set-costs';

/** What is to be assigned, and what every set of it costs: limits leave candidates out and change no cost. */
export interface PortfolioProblem {
  readonly all: Candidates;
  /** Without what is due where only overflows go: no assignment costs less than it does by these. */
  readonly costs: PortfolioCosts;
  /** Problems that count that too, and together are this one; made when first asked for. */
  readonly openings: () => readonly Opening[];
  readonly catalog: Catalog;
}

export function portfolioProblem(
  all: Candidates,
  catalog: Catalog,
  context: LineContext,
  costs: PortfolioCosts = portfolioCosts(all, context),
): PortfolioProblem {
  let openings: readonly Opening[] | undefined;
  return { all, costs, catalog, openings: () => (openings ??= openingsOf(all, context)) };
}

/** Whether all that is due once where overflows go is due there anyway, because scenarios are there. */
export function isPaidAnyway({ options }: Candidates, placed: readonly (readonly Member[])[]): boolean {
  const overflows = placed.flat().flatMap(({ overflow }) => overflow ?? []);
  return overflows.every(
    ({ paidOnce, member }) =>
      paidOnce === null ||
      options.some(({ optionId }, index) => optionId === member.plan.option && placed[index]?.length !== 0),
  );
}

/** The problem where some options that take overflows are paid for in any case, and no overflow goes to another. */
export interface Opening {
  readonly all: Candidates;
  readonly costs: PortfolioCosts;
  /** What the opened options cost before anybody is on them. */
  readonly paid: OptionCost;
}

/**
 * An overflow adds to an option what it has for itself; what is paid there once is due whether scenarios, one overflow or
 * several are on it. For each set of options that may take overflows it is paid in any case, and then every part of an
 * assignment costs what it adds: the cheapest assignment of all these problems is the cheapest there is.
 */
function openingsOf(all: Candidates, context: LineContext): Opening[] {
  const taking = new Map(
    all.members
      .flat()
      .flatMap((member) => member?.elsewhere ?? [])
      .flatMap(({ overflow }) =>
        overflow === undefined || overflow.paidOnce === null
          ? []
          : [[overflow.member.plan.option, overflow.paidOnce] as const],
      ),
  );
  return subsetsOf([...taking]).map((opened) => {
    const paidOnce = new Map(opened);
    const candidates = { ...all, paidOnce, members: all.members.map((own) => own.map(within(paidOnce))) };
    return {
      all: candidates,
      costs: portfolioCosts(candidates, context),
      paid: [...paidOnce.values()].reduce(
        (sum, { monthlyUsd, upfrontUsd }) => ({
          monthlyUsd: sum.monthlyUsd + monthlyUsd,
          upfrontUsd: sum.upfrontUsd + upfrontUsd,
        }),
        NO_MONEY,
      ),
    };
  });
}

/** Leaves out the ways whose overflow goes to an option that is not opened. */
function within(opened: ReadonlyMap<string, OptionCost>): (member: Member | null) => Member | null {
  const mayStand = ({ overflow }: Member) =>
    overflow === undefined || overflow.paidOnce === null || opened.has(overflow.member.plan.option);
  return (member) =>
    member?.elsewhere === undefined || member.elsewhere.every(mayStand)
      ? member
      : { ...member, elsewhere: member.elsewhere.filter(mayStand) };
}

/** All of them, the empty one first. */
export function subsetsOf<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}
