import { EXIT, type Outcome } from '#bin/command';
import type { Estimate } from '#lib/cost/estimate';

/** Lines that a message names. */
const NAMED = 6;

/** `--strict`: what was written stands, and the command fails where a bill rests on no price or on one too old to trust. */
export function heldTo(outcome: Outcome, estimates: readonly Estimate[]): Outcome {
  const complaints = estimates.flatMap(({ scenario, option, unpriced, stale }) => [
    ...complaint(`${scenario} on ${option}: no price for`, unpriced),
    ...complaint(`${scenario} on ${option}: prices too old to trust:`, stale),
  ]);
  if (complaints.length === 0) return outcome;
  const stderr = `${outcome.stderr}--strict: ${complaints.join('\n          ')}\n`;
  return { ...outcome, stderr, exitCode: EXIT.guardrail };
}

function complaint(what: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const rest = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
  return [`${what} ${keys.slice(0, NAMED).join(', ')}${rest}`];
}
