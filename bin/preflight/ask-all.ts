import { RequestFailed } from '#bin/http/retried';
import { KubectlFailed } from '#bin/live/kubectl';
import { Unanswered, type Askers } from '#bin/preflight/askers';
import { barred, judged } from '#lib/preflight/make-preflight';
import type { Answer, Kind, Reply, Requirement, Verdict } from '#lib/preflight/requirement';

interface Judged {
  readonly requirement: Requirement;
  readonly subject: string;
  readonly verdict: Verdict;
}

/** Answered by this machine at once: no progress to tell of. */
const AT_HAND: ReadonlySet<Kind> = new Set(['stated', 'node', 'library', 'program']);

/** Asks each as soon as what it hangs on is known, and judges what comes back. */
export function askAll(
  requirements: readonly Requirement[],
  askers: Askers,
  progress: (line: string) => void,
): Promise<readonly Judged[]> {
  const pending = new Map<string, Promise<Judged>>();
  for (const requirement of requirements) {
    const before = requirement.needs.flatMap((id) => pending.get(id) ?? []);
    pending.set(
      requirement.id,
      Promise.all(before).then(async (needed): Promise<Judged> => {
        const verdicts = new Map(needed.map((each) => [each.requirement.id, each]));
        const bar = barred(requirement, verdicts);
        const verdict = bar ?? judged(requirement, await ask(requirement, askers));
        if (bar === null && !AT_HAND.has(requirement.kind))
          progress(`${requirement.subject}: ${verdict.state}`);
        return { requirement, subject: requirement.subject, verdict };
      }),
    );
  }
  return Promise.all(pending.values());
}

/** Whoever refuses to answer says why; nothing else is caught. */
async function ask<K extends Kind>(requirement: Requirement<K>, askers: Askers): Promise<Reply<K>> {
  // The kind and its asker belong together, which TypeScript cannot tell of a union.
  const asker = askers[requirement.kind] as (asked: Requirement<K>) => Promise<Answer<K>>;
  try {
    return { state: 'answered', answer: await asker(requirement) };
  } catch (error) {
    const isRefusal =
      error instanceof Unanswered || error instanceof RequestFailed || error instanceof KubectlFailed;
    if (isRefusal) return { state: 'unanswered', why: error.message };
    throw error;
  }
}
