import type { AcceleratorChoice } from '#lib/evaluation/accelerator-choice';
import type { AcceleratorPrices } from '#lib/evaluation/accelerator-prices';
import type { AcceleratorOffer, ChoiceFigures, WorkloadChoice } from '#lib/evaluation/choice-figures';
import type { Doubt } from '#lib/evaluation/doubt';
import { column, unlessEmpty, type Section } from '#lib/report/document-model';
import { ABSENT, count, counted, errorShare, percent, quantity, unitUsd } from '#lib/report/format';

/**
 * Which accelerator the predictions would have bought, under each limit on TPOT, and where another measured better.
 *
 * @param limit - Missed workloads to show
 */
export function choiceSections(
  choices: readonly AcceleratorChoice[],
  prices: AcceleratorPrices,
  limit: number,
): readonly Section[] {
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
        ...priceLines(prices),
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
      rows: judged.flatMap(rowsOf),
    },
    ...(shown.length === 0 ? [] : missedSections(shown)),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'best measurements in doubt',
      lines: doubtLines(judged, limit),
    }),
    ...unlessEmpty({
      kind: 'lines',
      lines: beyond === 0 ? [] : [`and ${counted(beyond, 'choice')} more: --json has every workload`],
    }),
  ];
}

/** Of all runs; of those that the fit had seen and of the others, where both choose; by what tokens cost. */
function rowsOf({ tpotMs, bySeen, byCost, ...all }: AcceleratorChoice): string[][] {
  const within = `${quantity(tpotMs)} ms`;
  const { seen, unseen } = bySeen;
  const areApart = seen.workloads > 0 && unseen.workloads > 0;
  return [
    [within, ...figuresOf(all)],
    ...(areApart
      ? [
          [`${within}, seen`, ...figuresOf(seen)],
          [`${within}, unseen`, ...figuresOf(unseen)],
        ]
      : []),
    ...(byCost.workloads === 0 ? [] : [[`${within}, by cost`, ...figuresOf(byCost)]]),
  ];
}

function figuresOf({ workloads, best, within5, meanRegret }: ChoiceFigures): string[] {
  return [count(workloads), count(best), count(within5), errorShare(meanRegret)];
}

function priceLines({
  seller,
  service,
  region,
  term,
  prices,
  unpriced,
}: AcceleratorPrices): readonly string[] {
  if (prices.length === 0) return [];
  const each = prices.map(({ gpu, usdPerGpuHour }) => `${gpu} ${unitUsd(usdPerGpuHour)}`).join(', ');
  const without = unpriced.length === 0 ? '' : ` · without a price there: ${unpriced.join(', ')}`;
  return [`cost: USD per GPU-hour of ${seller} ${service}, ${region}, ${term}: ${each}${without}`];
}

const WORDS: Readonly<Record<Doubt, string>> = {
  'faster-than-memory': 'faster than memory gives the active weights',
  'unlike-its-neighbours': 'more than twice beyond the band of its prediction',
};

/** They count as measured. A measurement that is the best within several limits is told once. */
function doubtLines(judged: readonly AcceleratorChoice[], limit: number): readonly string[] {
  const found = new Map<
    string,
    { readonly workload: string; readonly limits: string[]; readonly fault: string }
  >();
  for (const { tpotMs, choices } of judged) {
    for (const { model, inputTokens, outputTokens, best } of choices) {
      if (best.doubt === null) continue;
      const workload = `${model}, ${count(inputTokens)} / ${count(outputTokens)}`;
      const fault = `${best.gpu} at ${quantity(best.measured ?? 0)} is ${WORDS[best.doubt]}`;
      const same = found.get(workload + fault) ?? { workload, limits: [], fault };
      same.limits.push(`${quantity(tpotMs)} ms`);
      found.set(workload + fault, same);
    }
  }
  const lines = [...found.values()].map(
    ({ workload, limits, fault }) => `${workload}, ${limits.join(', ')}: ${fault}`,
  );
  const beyond = lines.length - limit;
  return [...lines.slice(0, limit), ...(beyond > 0 ? [`and ${count(beyond)} more`] : [])];
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
