/** Start-up logs of it and later ones show that the peak of loading is no longer counted (vllm#27508). */
const LOADING_NOT_COUNTED = [0, 11, 2];

/** True for releases of vLLM that count what loading took as if each step did; a tag without a number is taken for a later one. */
export function countsLoading(tag: string): boolean {
  const release = releaseOf(tag);
  if (release === null) return false;
  for (const [place, number] of LOADING_NOT_COUNTED.entries()) {
    const own = release[place] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}

/** Major, minor and patch of `v0.11.2` or `0.11`; `null` for a tag that names no release. */
function releaseOf(tag: string): readonly number[] | null {
  const numbers = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(tag);
  return numbers === null ? null : numbers.slice(1).map((number) => Number(number ?? 0));
}
