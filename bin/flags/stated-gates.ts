import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { DANGER_CLASSES, GATE_FORMS, parseGate, type Gate } from '#lib/spec/schema/review';

/** The gates of `--fail-on data-loss,cost:+10%`. */
export function statedGates(text: string | undefined): readonly Gate[] {
  if (text === undefined) return [];
  return text.split(',').map((word) => {
    const gate = parseGate(word.trim());
    if (gate !== undefined) return gate;
    throw new LandfallError({
      code: 'NOT_A_CHOICE',
      at: '--fail-on',
      got: `"${word}"`,
      expected: `one of ${GATE_FORMS}`,
      fix: word.startsWith('cost')
        ? 'write cost:+10% for a share of what it cost, or cost:+5000 for USD a month'
        : suggestion(word.trim(), [...DANGER_CLASSES, 'unpriced']),
    });
  });
}
