import { textOf, type Flags } from '#bin/command';
import { acceleratorOf } from '#lib/catalog/accelerator-slices';
import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { ServingTechniques } from '#lib/spec/schema/serving-techniques';

/** A flag that holds the fields of a block of `serving` in the environment, apart by colons. */
interface TechniqueFlag {
  readonly flag: keyof typeof FLAG_NAMES;
  readonly form: string;
  readonly example: string;
  readonly read: (parts: readonly string[]) => Readonly<Record<string, unknown>>;
}

const FLAG_NAMES = {
  prefixes: '--prefixes',
  speculation: '--speculation',
  adapters: '--adapters',
  budget: '--budget',
  disaggregated: '--disaggregated',
  offload: '--offload',
} as const;

const SPECULATION = ['n-gram', 'mtp', 'eagle'];
/** The head's repository does not change its size. */
const ANY_HEAD = 'owner/head';

const FLAGS: readonly TechniqueFlag[] = [
  {
    flag: 'prefixes',
    form: 'prefixes that the cache keeps',
    example: '200',
    read: ([count]) => ({ prefixCache: { distinctPrefixes: number(count) } }),
  },
  {
    flag: 'speculation',
    form: '<n-gram|mtp|eagle|a model of the catalog>:<tokens drafted>:<acceptance>',
    example: 'n-gram:3:0.5',
    read: ([drafter = '', tokens, acceptance]) => ({
      speculation: {
        ...(SPECULATION.includes(drafter) ? { drafter } : { drafter: 'model', model: drafter }),
        ...(drafter === 'eagle' ? { repository: ANY_HEAD } : {}),
        draftTokens: number(tokens),
        acceptanceRate: number(acceptance),
      },
    }),
  },
  {
    flag: 'adapters',
    form: '<adapters kept>:<rank>',
    example: '8:16',
    read: ([resident, rank]) => ({ adapters: { resident: number(resident), rank: number(rank) } }),
  },
  {
    flag: 'budget',
    form: 'tokens that one step computes at most',
    example: '4096',
    read: ([tokens]) => ({ prefill: { chunked: true, budgetTokens: number(tokens) } }),
  },
  {
    flag: 'disaggregated',
    form: 'GB/s that a replica sends of its cache',
    example: '40',
    read: ([rate]) => ({ disaggregation: { transferGbPerSecond: number(rate) } }),
  },
  {
    flag: 'offload',
    form: 'share of the weights left in host memory',
    example: '0.25',
    read: ([share]) => ({ offload: { weightsShare: number(share) } }),
  },
];

/** What the flags switch on, as the environment's `serving` would; validated as that is. */
export function techniquesOf(flags: Flags, catalog: Catalog): ServingTechniques {
  const given = FLAGS.flatMap((one) => {
    const text = textOf(flags, one.flag);
    return text === undefined ? [] : [{ one, text }];
  });
  const parts = given.map(({ one, text }) => valid(one, text));
  const techniques = ServingTechniques.parse(Object.assign({}, ...parts));
  const drafter = techniques.speculation;
  if (drafter?.drafter === 'model' && !catalog.models.has(drafter.model)) {
    throw new LandfallError({
      code: 'UNKNOWN_MODEL',
      at: FLAG_NAMES.speculation,
      got: `"${drafter.model}"`,
      expected: `${SPECULATION.join(', ')} or a model of the catalog`,
      fix: suggestion(drafter.model, [...SPECULATION, ...catalog.models.keys()]),
    });
  }
  return techniques;
}

/** The accelerator, or the slice of it that `--slice` names. */
export function slicedBy(flags: Flags, accelerator: Accelerator, catalog: Catalog): Accelerator {
  const profile = textOf(flags, 'slice');
  if (profile === undefined) return accelerator;
  const own = [...catalog.slices().values()].filter((slice) => slice.accelerator === accelerator.id);
  const slice = own.find((each) => each.profile === profile);
  if (slice !== undefined) return acceleratorOf(slice, accelerator);
  const profiles = own.map((each) => each.profile);
  throw new LandfallError({
    code: 'NOT_A_CHOICE',
    at: '--slice',
    got: `"${profile}"`,
    expected:
      profiles.length === 0
        ? `no slice: ${accelerator.id} has none in the catalog`
        : `one of ${profiles.join(', ')}`,
    fix: profiles.length === 0 ? 'leave it out' : suggestion(profile, profiles),
  });
}

function valid(
  { flag, form, example, read }: TechniqueFlag,
  text: string,
): Readonly<Record<string, unknown>> {
  const block = read(text.split(':'));
  const parsed = ServingTechniques.safeParse(block);
  const fields = example.split(':').length;
  if (parsed.success && text.split(':').length === fields) return block;
  const [issue] = parsed.error?.issues ?? [];
  const field = issue?.path.at(-1);
  throw new LandfallError({
    code: 'OUT_OF_RANGE',
    at: FLAG_NAMES[flag],
    got: `"${text}"`,
    // A text that is no number says nothing by its range.
    expected:
      field === undefined || issue === undefined || issue.code === 'invalid_type'
        ? form
        : `${form}; ${String(field)}: ${issue.message}`,
    fix: `write it as ${FLAG_NAMES[flag]} ${example}`,
  });
}

/** Not a number where the text is none, which no field takes. */
function number(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}
