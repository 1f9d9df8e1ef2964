import type { SizingConstants } from '#lib/catalog/calibration';
import { acrossSeconds } from '#lib/sizing/fabric';
import type { Features } from '#lib/sizing/features';

const MICROSECOND = 1e-6;

/** Terms of one decode step and of one prefill, in seconds, one pipeline stage. */
export interface StepTime {
  readonly weights: number;
  readonly multiply: number;
  readonly kv: number;
  readonly attention: number;
  readonly communication: number;
  readonly fixed: number;
  /** `max(weights, multiply) + max(kv, attention) + communication + fixed`. */
  readonly decode: number;
  readonly prefill: number;
}

/** One step with `batch` sequences in the stage. Formula: a roofline with fitted shares of the peaks plus fixed costs. */
export function stepTime(
  features: Features,
  batch: number,
  engine: string,
  constants: SizingConstants,
): StepTime {
  const fitted = (name: string): number => {
    const value = constants.values[name];
    if (value === undefined) throw new Error(`the sizing constants have no ${name}`);
    return value;
  };
  const { compute } = features;
  const bandwidth = compute.bandwidth * fitted(`bw_eff_${compute.family}`);
  const link = compute.link * fitted('link_eff');
  const moeFactor = features.isMoe ? fitted('moe_mfu_factor') : 1;
  const expertFactor = compute.kind === 'int4' ? fitted('int4_bw') : 1;
  const attentionRate = compute.attentionPeakFlops * fitted('att_mfu');
  const prefillFactor = compute.family === 'hopper' ? 1 : fitted(`pf_arch_${compute.family}`);
  const prefillRate = compute.peakFlops * fitted(`mfu_pf_${compute.kind}`) * prefillFactor * moeFactor;

  const weights = (features.expertReadBytes(batch) / expertFactor + features.sharedReadBytes) / bandwidth;
  const multiply = (features.decodeFlops * batch) / (compute.peakFlops * fitted('mfu_dec') * moeFactor);
  const kv = (features.kvReadBytes * batch) / (bandwidth * fitted('kv_bw_factor'));
  const attention = (features.decodeAttentionFlops * batch) / attentionRate;
  const summed = (tokens: number) => {
    const { span, gatheredBytesPerToken } = features;
    const within = (tokens * features.allReduceBytesPerToken) / link;
    // Between nodes each exchange is a gather or its reverse, half of a sum, at the slower of both networks.
    return span === null ? within : Math.max(within / 2, acrossSeconds(tokens * gatheredBytesPerToken, span));
  };
  const start = fitted('us_allreduce') * MICROSECOND + (features.span?.startSeconds ?? 0);
  const communication = features.allReduces * (start + summed(batch));
  const perLayer =
    fitted('us_layer') +
    (features.isMoe ? fitted('us_layer_moe') : 0) +
    (features.isSparseAttention ? fitted('us_layer_dsa') : 0);
  const perStep = fitted('us_step') + (constants.values[`us_engine_${engine}`] ?? 0);
  // Schedulers on other nodes see to the sequences there.
  const scheduled = batch / (features.span?.nodes ?? 1);
  const fixed = MICROSECOND * (perLayer * features.layers + perStep + fitted('us_req') * scheduled);
  const prefill =
    features.prefillFlops / prefillRate +
    features.prefillAttentionFlops / attentionRate +
    features.allReduces * summed(features.prefillTokens);
  return {
    weights,
    multiply,
    kv,
    attention,
    communication,
    fixed,
    decode: Math.max(weights, multiply) + Math.max(kv, attention) + communication + fixed,
    prefill,
  };
}
