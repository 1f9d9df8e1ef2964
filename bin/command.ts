import type { AwsCredentials } from '#bin/aws/credentials';
import type { DetectionPatience } from '#bin/live/cloudformation-drift';
import type { Patience } from '#bin/http/retried';

/** What the process tells its caller. */
export const EXIT = {
  fine: 0,
  bug: 1,
  different: 2,
  guardrail: 3,
  invalid: 4,
  stale: 5,
  preflight: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command may know of the world; `bin/landfall.ts` reads it, tests make it up. */
export interface Surroundings {
  /** `2026-11-23`. */
  readonly today: string;
  readonly color: boolean;
  /** Display columns of every listing. */
  readonly width: number;
  /** Shows the stack of a bug. */
  readonly debug: boolean;
  /** Prices laid over the bundled ones where no flag says otherwise: a folder or a pin. @default - none */
  readonly prices?: string | undefined;
  /** Folder that `catalog refresh` fills. @default - one has to be named */
  readonly priceCache?: string | undefined;
  /** The instant, for what has to say when it was read: `2026-11-28T13:00:00Z`. @default - the start of today */
  readonly now?: (() => string) | undefined;
  /** How patiently others are asked over HTTP. @default - as `bin/http/retried.ts` says */
  readonly download?: Patience | undefined;
  /** How patiently a detection of drift is waited for. @default - as `bin/live/cloudformation-drift.ts` says */
  readonly detection?: DetectionPatience | undefined;
  /** Credentials of AWS, looked for only by what asks with them; `null` where there are none. */
  readonly awsCredentials?: (() => Promise<AwsCredentials | null>) | undefined;
  /** Variables of the process, for what reads those of other tools: `AWS_ENDPOINT_URL`, `KUBECONFIG`. @default - none */
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
  /** Asks a person at the terminal; absent where there is none. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
  /** Takes a line of progress of long work. @default - nobody listens */
  readonly progress?: ((line: string) => void) | undefined;
}

export interface Outcome {
  readonly stdout: string;
  /** What standard output goes on with, made while it is written: a long document. @default - nothing */
  readonly pieces?: Iterable<string>;
  readonly stderr: string;
  readonly exitCode: ExitCode;
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>;
export type Run = (
  operands: readonly string[],
  flags: Flags,
  surroundings: Surroundings,
) => Outcome | Promise<Outcome>;

export interface Flag {
  /** In commander's form: `--option <id>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

/**
 * One verb, or one action of a verb. Help, parsing and completion are made from this row; its code loads when it runs.
 */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** In commander's form: `<environment> [path]`. */
  readonly operands: string;
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  /** Absent where only its actions do anything. */
  readonly load?: () => Promise<{ readonly run: Run }>;
  /** What can be done under its name, each by its own first word, flags and help. @default - nothing else */
  readonly actions?: readonly Verb[];
}

export function fine(stdout: string | Iterable<string>, stderr = ''): Outcome {
  const written = typeof stdout === 'string' ? { stdout } : { stdout: '', pieces: stdout };
  return { ...written, stderr, exitCode: EXIT.fine };
}

/** A document as `--json` writes it. */
export function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The text of a flag, or `undefined` where it was not given. */
export function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}
