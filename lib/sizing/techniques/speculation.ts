/**
 * Tokens that one step yields: `(1 − α^(k + 1)) ÷ (1 − α)` with k drafted tokens, each accepted with probability α once
 * those before it were (Leviathan et al., arXiv 2211.17192, equation 1). Between 1 and k + 1.
 */
export function tokensPerStep(acceptance: number, draftTokens: number): number {
  if (acceptance >= 1) return draftTokens + 1;
  return (1 - acceptance ** (draftTokens + 1)) / (1 - acceptance);
}
