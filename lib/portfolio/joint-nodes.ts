import { placeOf, samePlace, type Place } from '#lib/portfolio/place-of';
import type { Member } from '#lib/portfolio/member';

/** Mixes of ways that are all tried for an option's sets of members together. */
const MOST_MIXES = 2_000;

/**
 * For members of one option the ways in which they may stand together, their own first. Those of a longer list repeat the
 * order of those of all but its last, once or as often as the last has ways.
 */
export interface JointNodes {
  readonly waysOf: (members: readonly Member[]) => readonly (readonly Member[])[];
  /** Whether `waysOf` gives every mix of where each may stand. */
  readonly isComplete: boolean;
}

/**
 * Where all mixes are few, all of them. Else each on its own nodes, and for each place where somebody's replicas stand all
 * of them there who can, the others on their own: nodes and replicas are shared where all take the same.
 */
export function jointNodes(all: readonly (Member | null)[]): JointNodes {
  const members = all.filter((member) => member !== null);
  const mixes = members.reduce((product, { elsewhere = [] }) => product * (2 + elsewhere.length), 1);
  if (mixes <= MOST_MIXES) return { waysOf: mixesOf, isComplete: true };
  const places = members.flatMap((member) => placeOf(member) ?? []);
  const distinct = places.filter(
    (place, index) => places.findIndex((one) => samePlace(one, place)) === index,
  );
  const moved = distinct.map((place) => new Map(members.map((member) => [member, wayTo(place, member)])));
  return {
    isComplete: false,
    waysOf: (own) => [own, ...moved.map((to) => own.map((member) => to.get(member) ?? member))],
  };
}

function mixesOf(members: readonly Member[]): readonly (readonly Member[])[] {
  let mixes: Member[][] = [[]];
  for (const member of members) {
    const ways = [member, ...(member.elsewhere ?? [])];
    mixes = ways.flatMap((way) => mixes.map((before) => [...before, way]));
  }
  return mixes;
}

/** The member at a place, or at least on its kind of node; its own way where it can do neither. */
function wayTo(place: Place, member: Member): Member {
  const ways = [member, ...(member.elsewhere ?? [])];
  const at = (counts: (own: Place) => boolean) =>
    ways.find((way) => {
      const own = placeOf(way);
      return own !== null && counts(own);
    });
  return (
    at((own) => samePlace(own, place)) ??
    at(({ offering, model }) => offering === place.offering && model !== place.model) ??
    at(({ offering }) => offering === place.offering) ??
    member
  );
}
