import type { ApplyResult, StackOutcome } from '#lib/lifecycle/outcome';
import type { Screen } from '#lib/report/document-model';
import { counted } from '#lib/report/format';

/** What `landfall apply` shows at its end: a line for each stack. */
export function applyScreen({ environment, bundle, stacks, isComplete }: ApplyResult): Screen {
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${environment}: plan ${bundle.slice(0, 8)} ${isComplete ? 'applied' : 'not applied to its end'}`,
      details: [],
    },
    {
      kind: 'lines',
      lines: stacks.map(
        (outcome, index) => `[${index + 1}/${stacks.length}] ${outcome.stack}  ${wordsOf(outcome)}`,
      ),
    },
  ];
}

function wordsOf({ result, resources, seconds, reason }: StackOutcome): string {
  if (result === 'applied') return `applied  ${counted(resources, 'change')}  ${seconds.toFixed(0)} s`;
  if (result === 'unchanged') return 'no change';
  return result === 'failed' ? `failed: ${reason ?? 'no reason was told'}` : 'not reached';
}
