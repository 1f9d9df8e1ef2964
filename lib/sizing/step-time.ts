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

/** What of a step does not depend on how many sequences it has: the fitted shares of the peaks, and fixed costs. */
export interface StepRates {
  readonly bandwidth: number;
  readonly link: number;
  /** On the bandwidth: experts in four bits, the cache. */
  readonly expertFactor: number;
  readonly cacheBandwidth: number;
  readonly multiplyRate: number;
  readonly attentionRate: number;
  /** Of each sum over GPUs. */
  readonly startSeconds: number;
  readonly fixedMicroseconds: number;
  readonly sequenceMicroseconds: number;
  readonly prefillSeconds: number;
}

/** Formula: a roofline with fitted shares of the peaks plus fixed costs. */
export function stepRates(features: Features, engine: string, constants: SizingConstants): StepRates {
  const fitted = (name: string): number => {
    const value = constants.values[name];
    if (value === undefined) throw new Error(`the sizing constants have no ${name}`);
    return value;
  };
  const { compute } = features;
  const bandwidth = compute.bandwidth * fitted(`bw_eff_${compute.family}`);
  const link = compute.link * fitted('link_eff');
  const moeFactor = features.isMoe ? fitted('moe_mfu_factor') : 1;
  const attentionRate = compute.attentionPeakFlops * fitted('att_mfu');
  const prefillFactor = compute.family === 'hopper' ? 1 : fitted(`pf_arch_${compute.family}`);
  const prefillRate = compute.peakFlops * fitted(`mfu_pf_${compute.kind}`) * prefillFactor * moeFactor;
  const perLayer =
    fitted('us_layer') +
    (features.isMoe ? fitted('us_layer_moe') : 0) +
    (features.isSparseAttention ? fitted('us_layer_dsa') : 0);
  const perStep = fitted('us_step') + (constants.values[`us_engine_${engine}`] ?? 0);
  return {
    bandwidth,
    link,
    expertFactor: compute.kind === 'int4' ? fitted('int4_bw') : 1,
    cacheBandwidth: bandwidth * fitted('kv_bw_factor'),
    multiplyRate: compute.peakFlops * fitted('mfu_dec') * moeFactor,
    attentionRate,
    startSeconds:
      fitted('us_allreduce') * compute.sumStart * MICROSECOND + (features.span?.startSeconds ?? 0),
    fixedMicroseconds: perLayer * features.layers + perStep,
    sequenceMicroseconds: fitted('us_req'),
    prefillSeconds:
      features.prefillFlops / prefillRate +
      features.prefillAttentionFlops / attentionRate +
      features.allReduces * summedSeconds(features, features.prefillTokens, link),
  };
}

/** One step with `batch` sequences in the stage. */
export function stepTime(features: Features, batch: number, rates: StepRates): StepTime {
  const { bandwidth } = rates;
  const weights =
    (features.expertReadBytes(batch) / rates.expertFactor + features.sharedReadBytes) / bandwidth;
  const multiply = (features.decodeFlops * batch) / rates.multiplyRate;
  const kv = (features.kvReadBytes * batch) / rates.cacheBandwidth;
  const attention = (features.decodeAttentionFlops * batch) / rates.attentionRate;
  const communication =
    features.allReduces * (rates.startSeconds + summedSeconds(features, batch, rates.link));
  // Schedulers on other nodes see to the sequences there.
  const scheduled = batch / (features.span?.nodes ?? 1);
  const fixed = MICROSECOND * (rates.fixedMicroseconds + rates.sequenceMicroseconds * scheduled);
  return {
    weights,
    multiply,
    kv,
    attention,
    communication,
    fixed,
    decode: Math.max(weights, multiply) + Math.max(kv, attention) + communication + fixed,
    prefill: rates.prefillSeconds,
  };
}

/** Between nodes each exchange is a gather or its reverse, half of a sum, at the slower of both networks. */
function summedSeconds(
  { allReduceBytesPerToken, gatheredBytesPerToken, span }: Features,
  tokens: number,
  link: number,
): number {
  const within = (tokens * allReduceBytesPerToken) / link;
  return span === null ? within : Math.max(within / 2, acrossSeconds(tokens * gatheredBytesPerToken, span));
}
