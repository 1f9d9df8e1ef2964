import type { Triangle, TrianglePoint } from '#lib/compare/triangle-point';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, counted, milliseconds, percent, usd } from '#lib/report/format';
import type { Band } from '#lib/units/band';

const COLUMNS = [
  column(''),
  column('model'),
  column('option', 'left', 1),
  column('format', 'left', 2),
  column('score', 'right'),
  column('low – high', 'right', 4),
  column('USD/month', 'right'),
  column('USD/Mtok', 'right', 5),
  column('TPOT', 'right'),
  column('tok/s user', 'right', 6),
  column('GPUs', 'right', 3),
  column('weights', 'right', 8),
  column('tok/s GPU', 'right', 7),
  column('mode', 'left', 9),
  column('confidence', 'left', 10),
] as const;

/** The impossible triangle of a scenario: what no other choice beats in cost, quality and speed at once stands marked. */
export function triangleScreen(triangle: Triangle, path: string): Screen {
  const { metric, mode, points, excluded } = triangle;
  const best = points.filter(({ pareto }) => pareto);
  const by = metric === null ? 'no published score' : metric;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${triangle.scenario} · cost, quality, speed`,
      details: [
        `as of ${triangle.asOf} · compared by ${by}${mode === null ? '' : `, ${mode} answers`}, less what the weight format loses`,
        `${counted(points.length, 'way')} that fit${points.length === 1 ? 's' : ''}, ${count(best.length)} that no other beats in all three (*)`,
      ],
    },
    { kind: 'table', columns: COLUMNS, rows: points.map(cells) },
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Scores by family, as published',
      lines: familyLines(points),
    }),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Measured elsewhere of these models made smaller',
      lines: triangle.evidence.map(evidenceLine),
    }),
    ...unlessEmpty({ kind: 'lines', heading: 'Notes', lines: notesOf(triangle) }),
    ...unlessEmpty({
      kind: 'lines',
      heading: `Does not fit (${count(excluded.length)})`,
      lines: excluded.map(({ model, option, reasons }) => `${model} on ${option}: ${reasons[0] ?? ''}`),
    }),
    { kind: 'next', commands: [`landfall compare ${path}`, `landfall models ${path} --every-format`] },
  ];
}

function cells(point: TrianglePoint): string[] {
  const { quality, tpotMs, weightsGib } = point;
  return [
    point.pareto ? '*' : '',
    point.model,
    point.option,
    point.precision ?? ABSENT,
    quality === null ? ABSENT : score(quality.score.base),
    quality === null ? ABSENT : scoreBand(quality.score),
    usd(point.monthlyUsd.base, point.atLeast),
    usd(point.usdPerMillionTokens?.base ?? null, point.atLeast),
    milliseconds(tpotMs?.base ?? null),
    count(point.tokensPerSecondPerUser),
    point.gpu === null ? 'managed' : `${count(point.gpus)} × ${point.gpu}`,
    weightsGib === null ? ABSENT : `${count(weightsGib)} GiB`,
    count(point.tokensPerSecondPerGpu?.base ?? null),
    quality?.mode ?? ABSENT,
    point.confidence ?? ABSENT,
  ];
}

/** Accuracies lie between 0 and 1, indices and Elo points above. */
function score(value: number): string {
  return value <= 1 ? value.toFixed(3) : count(value);
}

function scoreBand({ low, high }: Band): string {
  return low === high ? ABSENT : `${score(low)} – ${score(high)}`;
}

function familyLines(points: readonly TrianglePoint[]): string[] {
  const models = new Map(points.map((point) => [point.model, point.scores]));
  return [...models].map(([model, scores]) => {
    const list = scores.map(
      ({ family, metric, score: value, mode }) =>
        `${family} ${score(value)} (${metric}${mode === null ? '' : `, ${mode}`})`,
    );
    return `${model}: ${list.length === 0 ? 'none published' : list.join(' · ')}`;
  });
}

function evidenceLine(evidence: Triangle['evidence'][number]): string {
  const { model, kind, variant, metric, before, after, recovery, finding, source } = evidence;
  const change = finding ?? `${metric} ${before === null ? '' : `${before} → `}${after ?? ABSENT}`;
  const kept = recovery === null ? '' : `, ${percent(recovery, 1)} kept`;
  return `${model}, ${kind} (${variant}): ${change}${kept} [${source}]`;
}

function notesOf({ points }: Triangle): string[] {
  const unknown = points.some(({ tpotMs }) => tpotMs === null)
    ? ['a provider that publishes no latency counts as slower than any that is known']
    : [];
  return [...new Set([...points.flatMap(({ notes }) => notes), ...unknown])];
}
