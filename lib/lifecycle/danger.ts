import { DANGER_CLASSES, type DangerClass } from '#lib/spec/schema/review';

/** What a deployment may destroy, release, open or interrupt. Values are words of a closed list, never of a property. */
export interface LiveDanger {
  readonly class: DangerClass;
  /** What `--approve` takes: `support-bedrock-retrieval/Collection`. */
  readonly address: string;
  readonly type: string;
  /** Why, in one line. */
  readonly because: string;
}

/** Gravest first, then by address. */
export function byGravity(dangers: readonly LiveDanger[]): LiveDanger[] {
  const rank = ({ class: name }: LiveDanger) => DANGER_CLASSES.indexOf(name);
  return dangers.toSorted((a, b) => rank(a) - rank(b) || (a.address < b.address ? -1 : 1));
}

/** Addresses that somebody has to name before they are destroyed. */
export function toApprove(dangers: readonly LiveDanger[]): string[] {
  return [
    ...new Set(dangers.filter(({ class: name }) => name === 'data-loss').map(({ address }) => address)),
  ];
}
