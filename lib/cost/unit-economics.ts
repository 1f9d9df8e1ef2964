/**
 * Cost of a million tokens in USD: the price of a GPU-hour ÷ (million tokens per GPU-hour × use). `use` is the share of
 * the throughput that serves somebody. InferenceX computes its cost per token this way, at a use of 1.
 */
export function usdPerMillionTokens(usdPerGpuHour: number, tokensPerSecondPerGpu: number, use = 1): number {
  return usdPerGpuHour / (((tokensPerSecondPerGpu * 3600) / 1e6) * use);
}

/**
 * Hours of use after which owning is cheaper than renting: price of the hardware ÷ (rent − own running cost) per hour;
 * `null` where it never is. Formula of Lenovo's on-premises versus cloud paper (2025).
 */
export function breakEvenHours(
  hardwareUsd: number,
  rentUsdPerHour: number,
  runningUsdPerHour: number,
): number | null {
  const saved = rentUsdPerHour - runningUsdPerHour;
  return saved > 0 ? hardwareUsd / saved : null;
}

/**
 * Months after which owned hardware has paid for itself against an API: price ÷ (API bill − electricity); `null` where
 * it never does. Undiscounted, as in Pan et al., who run it 160 h a month and blend one input with two output tokens.
 */
export function paybackMonths(deployment: {
  readonly hardwareUsd: number;
  readonly powerKw: number;
  readonly hoursPerMonth: number;
  readonly usdPerKwh: number;
  readonly millionTokensPerMonth: number;
  readonly apiUsdPerMillionTokens: number;
}): number | null {
  const { hardwareUsd, powerKw, hoursPerMonth, usdPerKwh } = deployment;
  const saved =
    deployment.millionTokensPerMonth * deployment.apiUsdPerMillionTokens -
    powerKw * hoursPerMonth * usdPerKwh;
  return saved > 0 ? hardwareUsd / saved : null;
}

/** One price for prompts and answers together: input and output prices weighted by the share of input tokens. */
export function blendedUsdPerMillion(inputUsd: number, outputUsd: number, inputShare: number): number {
  return inputUsd * inputShare + outputUsd * (1 - inputShare);
}

/**
 * Million tokens a month at which a fleet of fixed cost equals an API without fixed cost; `null` where the fleet cannot
 * serve that many, so that it never breaks even.
 */
export function breakEvenMillionTokens(
  fleetUsdPerMonth: number,
  apiUsdPerMillionTokens: number,
  capacityMillionTokensPerMonth: number,
): number | null {
  const millions = fleetUsdPerMonth / apiUsdPerMillionTokens;
  return millions <= capacityMillionTokensPerMonth ? millions : null;
}

/** Tokens per second of one MW. `kwPerGpu` includes the facility's overhead where the source's figure does. */
export function tokensPerSecondPerMw(tokensPerSecondPerGpu: number, kwPerGpu: number): number {
  return (tokensPerSecondPerGpu * 1000) / kwPerGpu;
}

/** Joules of one token: watts ÷ tokens per second. */
export function joulesPerToken(tokensPerSecondPerGpu: number, kwPerGpu: number): number {
  return (kwPerGpu * 1000) / tokensPerSecondPerGpu;
}
