import { hasDrifted, type Drift, type DriftedStack, type DriftedThing } from '#lib/drift/drift';
import type { Screen, Section } from '#lib/report/document-model';
import { counted } from '#lib/report/format';

const MARKS: Readonly<Record<DriftedThing['difference'], string>> = {
  missing: '−',
  foreign: '+',
  changed: '~',
};
const MEANS: Readonly<Record<DriftedThing['difference'], string>> = {
  missing: 'not live',
  foreign: 'live, and not ours',
  changed: 'differs',
};
const ORIGIN: Readonly<Record<DriftedThing['origin'], string>> = {
  'not-deployed': ', not deployed so',
  'changed-outside': ', changed outside',
  either: '',
};
/** Places of one thing that a screen tells; `--json` has all. */
const PATHS_SHOWN = 6;

/**
 * What `landfall drift` shows: each stack with what is live otherwise than it should be.
 *
 * @param path - Of the environment, with what else a command to copy must say
 */
export function driftScreen(drift: Drift, path: string): Screen {
  const { environment, stacks, counts } = drift;
  const differences = counts.missing + counts.foreign + counts.changed;
  const drifted = hasDrifted(drift);
  return [
    {
      kind: 'heading',
      level: 1,
      text: drifted
        ? `${environment}: ${counted(differences, 'difference')} between what is live and what is synthesized`
        : `${environment}: what is live is what is synthesized`,
      details: [
        `${counts.missing} missing · ${counts.foreign} foreign · ${counts.changed} changed · ${counts.unchecked} not checked`,
      ],
    },
    ...stacks.map(stackSection),
    { kind: 'next', commands: drifted ? [`landfall plan ${path}`] : [`landfall doctor ${path}`] },
  ];
}

function stackSection({
  stack,
  provisioner,
  region,
  isLive,
  things,
  unchecked,
  notes,
}: DriftedStack): Section {
  const where = region === null ? provisioner : `${provisioner}, ${region}`;
  const lines = isLive
    ? things.map(thingLine)
    : [`− nothing of it is live: ${counted(things.length, 'thing')}`];
  return {
    kind: 'lines',
    heading: `${stack} (${where})`,
    lines: [
      ...(lines.length === 0 ? ['✔ as it should be'] : lines),
      ...(unchecked === 0
        ? []
        : [`– ${counted(unchecked, 'resource')} of types whose drift nobody can tell`]),
      ...notes.map((note) => `▲ ${note}`),
    ],
  };
}

function thingLine({ difference, address, type, origin, paths }: DriftedThing): string {
  const shown = paths.slice(0, PATHS_SHOWN);
  const rest = paths.length - shown.length;
  const places = shown.length === 0 ? '' : `: ${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
  return `${MARKS[difference]} ${address} (${type}) ${MEANS[difference]}${ORIGIN[origin]}${places}`;
}
