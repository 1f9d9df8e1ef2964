import { placeOf, samePlace, type Place } from '#lib/portfolio/mixes/place-of';
import type { Member } from '#lib/portfolio/member';

/**
 * Mixes of an option's members that are likely good: each in its own way, and for each place where somebody's replicas
 * stand all of them there who can, the others in their own: replicas and nodes are shared where all take the same.
 */
export function likelyMixes(
  all: readonly (Member | null)[],
): (members: readonly Member[]) => readonly (readonly Member[])[] {
  const members = all.filter((member) => member !== null);
  const places = members.flatMap((member) => placeOf(member) ?? []);
  const distinct = places.filter(
    (place, index) => places.findIndex((one) => samePlace(one, place)) === index,
  );
  const moved = distinct.map((place) => new Map(members.map((member) => [member, wayTo(place, member)])));
  return (own) => [own, ...moved.map((to) => own.map((member) => to.get(member) ?? member))];
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
