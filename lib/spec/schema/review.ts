import * as z from 'zod';
import { field } from '#lib/spec/schema/field';

/** What a change may do to something that runs, gravest first. */
export const DANGER_CLASSES = [
  'data-loss',
  'rebuild-index',
  'capacity-loss',
  'downtime',
  'commitment',
  'broadening',
  'replace',
  'restart',
  'in-place',
] as const;
export type DangerClass = (typeof DANGER_CLASSES)[number];

/** One thing that a change must not do. */
export type Gate =
  | { readonly kind: 'danger'; readonly text: string; readonly class: DangerClass }
  /** A share of what it cost before: 0.1 is 10 %. */
  | { readonly kind: 'cost-share'; readonly text: string; readonly share: number }
  /** USD a month more. */
  | { readonly kind: 'cost-usd'; readonly text: string; readonly usd: number }
  | { readonly kind: 'unpriced'; readonly text: string };

/** For help and for errors. */
export const GATE_FORMS = `${DANGER_CLASSES.join(', ')}, cost:+10%, cost:+5000 or unpriced`;

/** `undefined` where a text is no gate. */
export function parseGate(text: string): Gate | undefined {
  if (text === 'unpriced') return { kind: 'unpriced', text };
  const danger = DANGER_CLASSES.find((name) => name === text);
  if (danger !== undefined) return { kind: 'danger', text, class: danger };
  const [, amount, percent] = /^cost:\+(\d{1,12}(?:\.\d{1,4})?)(%?)$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  return percent === '%'
    ? { kind: 'cost-share', text, share: Number(amount) / 100 }
    : { kind: 'cost-usd', text, usd: Number(amount) };
}

/** What reviews of a change hold it to, wherever they run, and what they let pass. */
export const Review = z.strictObject({
  accept: field(
    z
      .array(
        z.strictObject({
          rule: field(z.string().min(1).max(60), {
            description: 'Id of a rule of the policy pack',
            unit: 'id',
            example: 'guardrail-on-every-call',
          }),
          reason: field(z.string().min(20).max(500), {
            description: 'What makes up for it: who reads this has to agree',
            unit: 'text',
            example: 'the gateway before it filters prompts and answers itself',
          }),
        }),
      )
      .max(50)
      .default([]),
    {
      description:
        'Rules of the policy pack that this environment does without: `landfall check --policy` shows them with their reasons',
      unit: 'list',
      example: [
        {
          rule: 'guardrail-on-every-call',
          reason: 'the gateway before it filters prompts and answers itself',
        },
      ],
    },
  ),
  failOn: field(
    z
      .array(z.string().refine((text) => parseGate(text) !== undefined, `one of ${GATE_FORMS}`))
      .max(20)
      .default([]),
    {
      description:
        'What `landfall diff` fails on (exit 3), beside what `--fail-on` names. The gates of both sides hold, so that no change lifts its own',
      unit: 'list',
      example: ['data-loss', 'broadening', 'cost:+10%'],
    },
  ),
});
