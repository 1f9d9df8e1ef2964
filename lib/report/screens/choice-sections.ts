import type { AcceleratorChoice, AcceleratorOffer, WorkloadChoice } from '#lib/evaluation/accelerator-choice';
import { column, unlessEmpty, type Section } from '#lib/report/document-model';
import { ABSENT, count, counted, errorShare, percent, quantity } from '#lib/report/format';

/**
 * Which accelerator the predictions would have bought, under each limit on TPOT, and where another measured better.
 *
 * @param limit - Missed workloads to show
 */
export function choiceSections(choices: readonly AcceleratorChoice[], limit: number): readonly Section[] {
  const judged = choices.filter(({ workloads }) => workloads > 0);
  if (judged.length === 0) return [];
  const missed = judged
    .flatMap(({ tpotMs, choices: of }) => of.map((choice) => ({ tpotMs, choice })))
    .filter(({ choice }) => choice.regret > 0)
    .toSorted((a, b) => b.choice.regret - a.choice.regret);
  const shown = missed.slice(0, limit);
  const beyond = missed.length - shown.length;
  return [
    {
      kind: 'heading',
      level: 2,
      text: 'accelerator that the predictions choose, by output tokens/s per GPU within a limit on TPOT',
      details: [
        'workload: a model and mean lengths that at least two accelerators measured within the limit · loss: of the best rate',
      ],
    },
    {
      kind: 'table',
      columns: [
        column('TPOT within'),
        column('workloads', 'right'),
        column('measured best', 'right'),
        column('within 5 % of it', 'right'),
        column('mean loss', 'right'),
      ],
      rows: judged.map(({ tpotMs, workloads, best, within5, meanRegret }) => [
        `${quantity(tpotMs)} ms`,
        count(workloads),
        count(best),
        count(within5),
        errorShare(meanRegret),
      ]),
    },
    ...(shown.length === 0 ? [] : missedSections(shown)),
    ...unlessEmpty({
      kind: 'lines',
      lines: beyond === 0 ? [] : [`and ${counted(beyond, 'choice')} more: --json has every workload`],
    }),
  ];
}

function missedSections(
  missed: readonly { readonly tpotMs: number; readonly choice: WorkloadChoice }[],
): readonly Section[] {
  return [
    {
      kind: 'table',
      columns: [
        column('missed workload'),
        column('tokens in / out', 'right'),
        column('TPOT', 'right'),
        column('chosen'),
        column('measured', 'right'),
        column('best'),
        column('measured', 'right'),
        column('loss', 'right'),
      ],
      rows: missed.map(({ tpotMs, choice }) => [
        choice.model,
        `${count(choice.inputTokens)} / ${count(choice.outputTokens)}`,
        `${quantity(tpotMs)} ms`,
        choice.chosen?.gpu ?? 'none',
        measuredOf(choice.chosen),
        choice.best.gpu,
        measuredOf(choice.best),
        percent(choice.regret),
      ]),
    },
  ];
}

function measuredOf(offer: AcceleratorOffer | null): string {
  return offer === null || offer.measured === null ? ABSENT : quantity(offer.measured);
}
