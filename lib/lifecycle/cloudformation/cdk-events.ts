/** One event of a deployment as the CDK's command line shows it. */
export interface CdkEvent {
  readonly status: string;
  readonly type: string;
  /** Path of the construct, or the logical id, and what CloudFormation says of it. */
  readonly said: string;
}

/** `stack | 3/7 | 9:02:35 AM | CREATE_COMPLETE | AWS::KMS::Key | Serving/Key (Key961B73FD) `; `null` for any other line. */
export function cdkEvent(line: string): CdkEvent | null {
  const parts = line.split('|').map((part) => part.trim());
  const at = parts.findIndex((part) => /^[A-Z_]+_(?:IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$/.test(part));
  const [status, type, ...said] = parts.slice(at);
  if (at < 1 || status === undefined || type === undefined) return null;
  return { status, type, said: said.join(' | ') };
}

/** What a deployment failed of, in one line; `null` where no event says so. */
export function failureIn(lines: readonly string[]): string | null {
  const events = lines.flatMap((line) => cdkEvent(line) ?? []);
  // What failed because something else did says only that.
  const failed = events.filter(({ status, said }) => status.endsWith('_FAILED') && !/cancell?ed/i.test(said));
  const [first] = failed;
  return first === undefined ? null : `${first.type} ${first.said}`.slice(0, 400);
}

/** The last words of a run that has no events: what stands behind its mark, else its last line. */
export function lastWords(lines: readonly string[]): string {
  const said = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('✨'));
  const marked = said.find((line) => line.startsWith('❌'));
  return (marked ?? said.at(-1) ?? 'no words').slice(0, 400);
}
