import type { OptionAssumptions, UsedAssumption, UsedAssumptions } from '#lib/decision/used-assumptions';
import { renderCsv } from '#lib/report/formats/csv';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, counted, percent, usd } from '#lib/report/format';
import { figure } from '#lib/units/figure';

/** What each option's cost was computed from, the weightiest first. */
export function assumptionsScreen({ environment, asOf, options }: UsedAssumptions, path: string): Screen {
  const severalScenarios = new Set(options.map(({ scenario }) => scenario)).size > 1;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${environment} · assumptions`,
      details: [
        `as of ${asOf} · share: of the monthly cost that moves with it; * overridden by the environment`,
      ],
    },
    ...options.flatMap((one) => optionSections(one, severalScenarios)),
    { kind: 'next', commands: [`landfall sensitivity ${path}`, `landfall assumptions ${path} --csv`] },
  ];
}

function optionSections(one: OptionAssumptions, severalScenarios: boolean): Screen {
  const { scenario, option, monthlyUsd, atLeast, inputs } = one;
  const moving = inputs.filter(({ share, otherPlan }) => share !== 0 || otherPlan);
  const still = inputs.filter((input) => !moving.includes(input));
  return [
    {
      kind: 'heading',
      level: 2,
      text: `${severalScenarios ? `${scenario} · ` : ''}${option} · ${usd(monthlyUsd, atLeast)} USD/month`,
      details: [],
    },
    ...unlessEmpty({
      kind: 'table',
      columns: [
        column('input'),
        column('base', 'right'),
        column('low – high', 'right'),
        column('unit'),
        column('share', 'right'),
        column('as of', 'left', 2),
        column('source', 'left', 3),
      ],
      rows: moving.map(cells),
    }),
    ...unlessEmpty({
      kind: 'lines',
      lines:
        still.length === 0
          ? []
          : [
              `${counted(still.length, 'more input')} read, moving nothing: ${still.map(({ id }) => id).join(', ')}`,
            ],
    }),
  ];
}

function cells({ id, band, unit, share, overridden, otherPlan, asOf, source }: UsedAssumption): string[] {
  return [
    `${id}${overridden ? ' *' : ''}`,
    figure(band.base),
    band.low === band.high ? ABSENT : `${figure(band.low)} – ${figure(band.high)}`,
    unit,
    otherPlan ? 'other plan' : percent(share, 1),
    asOf ?? ABSENT,
    source ?? 'environment',
  ];
}

export function assumptionsCsv({ options }: UsedAssumptions): string {
  return renderCsv(
    [
      'scenario',
      'option',
      'id',
      'kind',
      'label',
      'low',
      'base',
      'high',
      'unit',
      'share',
      'overridden',
      'otherPlan',
      'source',
      'publisher',
      'asOf',
    ],
    options.flatMap(({ scenario, option, inputs }) =>
      inputs.map((one) => [
        scenario,
        option,
        one.id,
        one.kind,
        one.label,
        one.band.low,
        one.band.base,
        one.band.high,
        one.unit,
        one.share,
        one.overridden,
        one.otherPlan,
        one.source,
        one.publisher,
        one.asOf,
      ]),
    ),
  );
}
