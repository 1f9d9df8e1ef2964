/** What a published score measures, by the kind of work; within a family the harder and more widely published first. */
export const TASK_FAMILIES = [
  { family: 'reasoning', metrics: ['gpqa', 'aime-2025', 'aime-2024', 'math-500', 'gsm8k'] },
  { family: 'knowledge', metrics: ['mmlu-pro', 'mmlu'] },
  { family: 'coding', metrics: ['swe-bench-verified', 'livecodebench-v6', 'livecodebench', 'humaneval'] },
  { family: 'instructions', metrics: ['ifeval'] },
  { family: 'preference', metrics: ['lmarena-text'] },
  { family: 'index', metrics: ['aa-intelligence-index'] },
] as const;

export type TaskFamily = (typeof TASK_FAMILIES)[number]['family'];
