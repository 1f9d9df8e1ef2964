import type { DiffDocument } from '#lib/diff/environment-diff';
import { hasFailed } from '#lib/diff/gates';
import type { JunitCase } from '#lib/report/formats/junit';
import { DANGER_CLASSES } from '#lib/spec/schema/review';

/** A change as test cases: its gates pass or fail; a danger that no gate names is skipped where there is one. */
export function diffCases({ dangers, gates = [], notKnown = [] }: DiffDocument): readonly JunitCase[] {
  const held = gates.map((gate): JunitCase => ({
    title: `gate ${gate.gate}`,
    state: hasFailed(gate) ? 'failed' : gate.state === 'open' ? 'open' : 'passed',
    message: gate.message,
    about: gate.about,
  }));
  const named = new Set(gates.map(({ gate }) => gate));
  const isUnknown = notKnown.includes('dangers');
  const told = DANGER_CLASSES.filter((name) => !named.has(name)).map((name): JunitCase => {
    const found = dangers.filter((danger) => danger.class === name);
    const message = isUnknown
      ? 'not known: a side is only a document'
      : `${found.length} found, and no gate names it`;
    return {
      title: `no ${name}`,
      state: isUnknown || found.length > 0 ? 'open' : 'passed',
      message,
      about: found.map(({ address, before, after, at }) => `${at}: ${address}: ${before} → ${after}`),
    };
  });
  return [...held, ...told];
}
