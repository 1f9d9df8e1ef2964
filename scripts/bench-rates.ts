/** Rounds of which the best counts: a busy machine only slows. */
const ROUNDS = 5;

/** What was measured, and what it has to be. */
export interface Rate {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly goal: number;
  readonly isMet: boolean;
}

/** Calls a second; `once` hears how many calls there were before. */
export function rate(count: number, once: (index: number) => void): number {
  let shift = 0;
  const seconds = best(() => {
    for (let index = 0; index < count; index += 1) once(index + shift);
    shift += count;
  });
  return count / seconds;
}

/** Seconds of the best round: of the processor, its collector of garbage included, as others may share the machine. */
export function best(work: () => void, rounds = ROUNDS): number {
  return Math.min(
    ...Array.from({ length: rounds }, () => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    }),
  );
}

export function atLeast(name: string, figure: number, unit: string, goal: number): Rate {
  return { name, figure, unit, goal, isMet: figure >= goal };
}

export function atMost(name: string, figure: number, unit: string, goal: number): Rate {
  return { name, figure, unit, goal, isMet: figure <= goal };
}

/** Writes them down; with `--max` the process fails where one misses its goal. */
export function report(rates: readonly Rate[]): void {
  for (const { name, figure, unit, goal, isMet } of rates) {
    const shown = figure.toLocaleString('en', { maximumSignificantDigits: 3 });
    console.log(
      `${name.padEnd(34)} ${shown} ${unit}  goal ${goal.toLocaleString('en')}${isMet ? '' : '  MISSED'}`,
    );
  }
  if (process.argv.includes('--max') && rates.some(({ isMet }) => !isMet)) process.exitCode = 1;
}
