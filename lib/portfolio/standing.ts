import type { Candidates } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';

/** What stands on an option: those that share there what is paid once, and the fleets of overflows, which share nothing. */
export interface Standing {
  readonly together: readonly Member[];
  readonly apart: readonly Member[];
}

/** By option, with the two parts of a split scenario each on its own. */
export function standingOf(
  { options }: Candidates,
  placed: readonly (readonly Member[])[],
): readonly Standing[] {
  const overflows = placed.flat().flatMap(({ overflow }) => overflow ?? []);
  return options.map(({ optionId }, index) => {
    const taken = overflows.filter(({ member }) => member.plan.option === optionId);
    return {
      together: [
        ...(placed[index] ?? []).map(baseOf),
        ...taken.flatMap(({ member, paidOnce }) => (paidOnce === null ? [] : [member])),
      ],
      apart: taken.flatMap(({ member, paidOnce }) => (paidOnce === null ? [member] : [])),
    };
  });
}

function baseOf(member: Member): Member {
  if (member.overflow === undefined) return member;
  const { overflow: _, own: __, ...base } = member;
  return base;
}
