import { lettersOf } from '#lib/catalog/names';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { fieldsByLetters } from '#lib/evaluation/field-names';
import { Unusable } from '#lib/evaluation/row-fields';
import { shown } from '#lib/text/place';

/** Fields by which publishers say that more than the plain engine ran. */
const BEYOND: Readonly<Record<string, readonly string[]>> = {
  speculation: [
    'spec_decoding',
    'speculative_decoding',
    'speculation',
    'speculative',
    'spec_method',
    'spec_algorithm',
    'speculative_config',
    'speculative_algorithm',
    'speculative_model',
    'draft_model',
    'num_speculative_tokens',
    'speculative_num_steps',
    'spec_tokens',
    'draft_tokens',
    'acceptance_rate',
    'mtp',
    'use_mtp',
    'mtp_enabled',
    'mtp_size',
    'num_mtp',
    'nextn',
    'eagle',
    'eagle3',
    'medusa',
    'ngram',
  ],
  'apart fleets': [
    'disagg',
    'is_disagg',
    'disaggregated',
    'disaggregation',
    'disaggregated_serving',
    'pd_disagg',
    'serving_mode',
    'disaggregation_mode',
  ],
  'cached prompts': [
    'cache_hit_rate',
    'prefix_cache_hit_rate',
    'prefix_hit_rate',
    'kv_cache_hit_rate',
    'cached_tokens',
    'cached_input_tokens',
    'cached_share',
    'prefix_cached_tokens',
    'shared_prefix_tokens',
    'prefix_len',
  ],
  'adapters and offloading': [
    'lora',
    'lora_adapters',
    'num_loras',
    'num_lora_adapters',
    'max_loras',
    'lora_rank',
    'cpu_offload_gb',
    'weight_offload',
    'offload',
    'kv_offload',
  ],
};
/** One fleet for prompts and answers. */
const ONE_FLEET = [
  'agg',
  'aggregated',
  'aggregate',
  'ifb',
  'inflight',
  'inflightbatching',
  'colocated',
  'unified',
];
/** What they write where it did not. */
const PLAIN: ReadonlySet<unknown> = new Set(
  ['', 'none', 'off', 'false', 'no', 'null', 'na', '0', 'disabled', 'plain'].concat(ONE_FLEET),
);
/** Some describe both fleets where there is one: they are then alike. */
const PARTS = ['tp', 'ep', 'dp', 'pp', 'dp_attention', 'gpu', 'gpus', 'workers'];

const FLEETS = ['prefill', 'decode'] as const;
/** `prefill_tp`, `tp_prefill`, `num_prefill_workers`, `prefill_num_workers`. */
const FLEET_FIELDS = PARTS.map((part) =>
  FLEETS.map((fleet) =>
    [`${fleet}_${part}`, `${part}_${fleet}`, `num_${fleet}_${part}`, `${fleet}_num_${part}`].map(lettersOf),
  ),
);
const BEYOND_LETTERS = new Map(
  Object.entries(BEYOND).flatMap(([what, fields]) => fields.map((field) => [lettersOf(field), what])),
);

/** Refuses a run with speculation, cached prompts or apart fleets: predicted as plain it would be misread. */
export function checkPlain(row: RawRow): void {
  const written = fieldsByLetters(row);
  for (const [letters, [field = letters]] of written) {
    const what = BEYOND_LETTERS.get(letters);
    const value = own(row, field);
    if (what !== undefined && !isPlain(value))
      throw new Unusable(
        `${field} is ${shown(value)}: only runs of the plain engine are predicted, without ${what}`,
      );
  }
  // Most rows name no fleet, and there are 64 names of one.
  if (![...written.keys()].some((letters) => FLEETS.some((fleet) => letters.includes(fleet)))) return;
  const saysOneFleet = ['disagg', 'isdisagg', 'disaggregated'].some((letters) => written.has(letters));
  for (const ways of FLEET_FIELDS) {
    const fields = ways.map((letters) => letters.flatMap((each) => written.get(each) ?? [])[0]);
    const given = fields.filter((field) => field !== undefined && own(row, field) !== 0);
    const [one, other = one] = given;
    if (one === undefined || other === undefined) continue;
    if (saysOneFleet && own(row, one) === own(row, other)) continue;
    throw new Unusable(
      `${one} describes a fleet for prompts or answers alone: only runs on one fleet are predicted`,
    );
  }
}

function isPlain(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return true;
  return typeof value === 'string' && PLAIN.has(lettersOf(value));
}
