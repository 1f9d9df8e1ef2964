import { DANGER_CLASSES } from '#lib/spec/schema/review';
import { bundleName, isOffline, type PlanBundle } from '#lib/lifecycle/bundle';
import type { Action, PlannedStack } from '#lib/lifecycle/change';
import { toApprove, type LiveDanger } from '#lib/lifecycle/danger';
import { timeLeft } from '#lib/lifecycle/expiry';
import { column, unlessEmpty, type Lines, type Screen, type Table } from '#lib/report/document-model';
import { ABSENT, counted, signedUsd, usd } from '#lib/report/format';

/** Dangers that are listed besides those that need an approval, which always are. */
const SHOWN = 12;

/**
 * What `landfall plan` shows: the verdict, what may be lost, how much changes where, what it costs, and what comes next.
 *
 * @param file - Where the bundle was written; `null` where it was not
 */
export function planBundleScreen(bundle: PlanBundle, file: string | null): Screen {
  const { environment, createdAt, expiresAt } = bundle;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${environment}: plan ${bundleName(bundle)}`,
      details: [verdictOf(bundle), ...(isOffline(bundle) ? [OFFLINE] : [])],
    },
    ...unlessEmpty(dangerLines(bundle.dangers)),
    stackTable(bundle.stacks),
    ...unlessEmpty(waiting(bundle.stacks)),
    { kind: 'lines', heading: 'Cost', lines: [costLine(bundle)] },
    { kind: 'lines', lines: [`Holds until ${expiresAt} (${timeLeft(expiresAt, createdAt)})`] },
    ...unlessEmpty({ kind: 'next', commands: nextCommands(bundle, file) }),
  ];
}

const OFFLINE =
  'offline: nobody looked at what stands, everything counts as new; this plan cannot be applied';

export function verdictOf({ stacks, dangers }: Pick<PlanBundle, 'stacks' | 'dangers'>): string {
  const changes = stacks.reduce((sum, stack) => sum + stack.changes.length, 0);
  if (changes === 0) return 'no changes: what stands is what the environment says';
  const changed = stacks.filter((stack) => stack.changes.length > 0).length;
  const classes = DANGER_CLASSES.flatMap((name) => {
    const count = dangers.filter((danger) => danger.class === name).length;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return [...classes, `${counted(changes, 'change')} in ${counted(changed, 'stack')}`].join(' · ');
}

function dangerLines(dangers: readonly LiveDanger[]): Lines {
  const shown = dangers.filter(({ class: name }, index) => name === 'data-loss' || index < SHOWN);
  const rest = dangers.length - shown.length;
  return {
    kind: 'lines',
    heading: 'Danger',
    lines: [
      ...shown.map(({ class: name, address, because }) => `${name}  ${address}: ${because}`),
      ...(rest > 0 ? [`and ${counted(rest, 'lesser danger')} more: --json`] : []),
    ],
  };
}

/** `±` counts what is replaced for certain or perhaps, `−` what is deleted or leaves its stack. */
const COUNTS: readonly { readonly title: string; readonly actions: readonly Action[] }[] = [
  { title: '+', actions: ['create'] },
  { title: '~', actions: ['update'] },
  { title: '±', actions: ['replace', 'may-replace'] },
  { title: '−', actions: ['delete', 'release'] },
];

function stackTable(stacks: readonly PlannedStack[]): Table {
  return {
    kind: 'table',
    columns: [
      column('stack'),
      ...COUNTS.map(({ title }) => column(title, 'right')),
      column('now', 'left', 1),
      column('where', 'left', 2),
    ],
    rows: stacks.map(({ stack, changes, live, region, provisioner }) => [
      stack,
      ...COUNTS.map(({ actions }) => {
        const count = changes.filter(({ action }) => actions.includes(action)).length;
        return count === 0 ? ABSENT : String(count);
      }),
      { absent: 'not there', template: 'stands', state: 'stands', unknown: 'not looked at' }[live.kind],
      region ?? provisioner,
    ]),
  };
}

function waiting(stacks: readonly PlannedStack[]): Lines {
  return {
    kind: 'lines',
    lines: stacks
      .filter(({ plannedAfter }) => plannedAfter.length > 0)
      .map(
        ({ stack, plannedAfter }) =>
          `${stack} is planned after ${plannedAfter.join(', ')}: counted is all that it declares`,
      ),
  };
}

function costLine({ cost }: PlanBundle): string {
  const { afterMonthlyUsd, beforeMonthlyUsd, isAtLeast } = cost;
  const after = `${usd(afterMonthlyUsd, isAtLeast)} USD/month`;
  if (beforeMonthlyUsd === null) return `${after} after; before is not known`;
  return `${signedUsd(afterMonthlyUsd - beforeMonthlyUsd)} USD/month · ${usd(beforeMonthlyUsd)} → ${after}`;
}

function nextCommands(bundle: PlanBundle, file: string | null): string[] {
  if (file === null || isOffline(bundle) || bundle.stacks.every(({ changes }) => changes.length === 0))
    return [];
  const approvals = toApprove(bundle.dangers).map((address) => ` --approve '${address}'`);
  return [`landfall apply ${file} --yes${approvals.join('')}`];
}
