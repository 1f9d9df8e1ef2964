import { lettersOf } from '#lib/catalog/names';
import { own, type RawRow } from '#lib/evaluation/benchmark-file';
import { Unusable } from '#lib/evaluation/row-fields';
import { shown } from '#lib/spec/place';

/** Fields by which publishers say that more than the plain engine ran. */
const BEYOND = [
  ...['spec_decoding', 'speculative_decoding', 'speculation', 'speculative', 'spec_method', 'spec_algorithm'],
  ...['speculative_config', 'speculative_algorithm', 'speculative_model', 'draft_model'],
  ...['num_speculative_tokens', 'speculative_num_steps', 'spec_tokens', 'draft_tokens', 'acceptance_rate'],
  ...['mtp', 'use_mtp', 'mtp_enabled', 'mtp_size', 'num_mtp', 'nextn'],
  ...['eagle', 'eagle3', 'medusa', 'ngram'],
  ...['disagg', 'is_disagg', 'disaggregated', 'disaggregation', 'disaggregated_serving', 'pd_disagg'],
  ...['serving_mode', 'disaggregation_mode'],
  ...['cache_hit_rate', 'prefix_cache_hit_rate', 'prefix_hit_rate', 'kv_cache_hit_rate', 'cached_tokens'],
  ...['cached_input_tokens', 'cached_share', 'prefix_cached_tokens', 'shared_prefix_tokens', 'prefix_len'],
  ...['lora', 'lora_adapters', 'num_loras', 'num_lora_adapters', 'max_loras', 'lora_rank'],
  ...['cpu_offload_gb', 'weight_offload', 'offload', 'kv_offload'],
];
/** What they write where it did not. */
const PLAIN: ReadonlySet<unknown> = new Set([
  ...['', 'none', 'off', 'false', 'no', 'null', 'na', '0', 'disabled', 'plain'],
  // One fleet for prompts and answers.
  ...['agg', 'aggregated', 'aggregate', 'ifb', 'inflight', 'inflightbatching', 'colocated', 'unified'],
]);
/** Both fleets are described where there is one: they are then alike. */
const PARTS = ['tp', 'ep', 'dp', 'pp', 'dp_attention', 'gpu', 'gpus', 'workers'];

/** Refuses a run with speculation, cached prompts or apart fleets: predicted as plain it would be misread. */
export function checkPlain(row: RawRow): void {
  for (const field of Object.keys(row)) {
    const value = own(row, field);
    if (BEYOND_LETTERS.has(lettersOf(field)) && !isPlain(value))
      throw new Unusable(`${field} is ${shown(value)}: only runs of the plain engine are predicted`);
  }
  const saysOneFleet = Object.keys(row).some(
    (field) => ['disagg', 'isdisagg', 'disaggregated'].includes(lettersOf(field)) && isPlain(own(row, field)),
  );
  for (const part of PARTS) {
    const [prompts, answers] = ['prefill', 'decode'].map((fleet) => fleetField(row, fleet, part));
    if (prompts === undefined && answers === undefined) continue;
    if (saysOneFleet && (prompts === undefined || answers === undefined || prompts.value === answers.value))
      continue;
    const field = (prompts ?? answers)?.field ?? part;
    throw new Unusable(
      `${field} describes a fleet for prompts or answers alone: only runs on one fleet are predicted`,
    );
  }
}

const BEYOND_LETTERS = new Set(BEYOND.map(lettersOf));

function isPlain(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return true;
  return typeof value === 'string' && PLAIN.has(lettersOf(value));
}

/** `prefill_tp`, `tp_prefill`, `num_prefill_workers`, `prefill_num_workers`. */
function fleetField(row: RawRow, fleet: string, part: string): { field: string; value: unknown } | undefined {
  const ways = [`${fleet}_${part}`, `${part}_${fleet}`, `num_${fleet}_${part}`, `${fleet}_num_${part}`];
  const names = new Set(ways.map(lettersOf));
  const field = Object.keys(row).find((each) => names.has(lettersOf(each)));
  const value = field === undefined ? undefined : own(row, field);
  return field === undefined || value === null || value === 0 ? undefined : { field, value };
}
