import type { Verb } from '#bin/command';

/** Verbs for editors and shells. */
export const SHELL_VERBS: readonly Verb[] = [
  {
    name: 'schema',
    summary: 'JSON Schema of the environment file or of a document',
    operands: '[document]',
    flags: [{ flags: '--draft-7', description: 'for tools that know no newer draft (environment only)' }],
    examples: ['landfall schema environment > environment.schema.json', 'landfall schema comparison'],
    load: () => import('#bin/commands/schema'),
  },
  {
    name: 'completion',
    summary: 'a completion script for bash, zsh or fish',
    operands: '<shell>',
    flags: [],
    examples: ['source <(landfall completion bash)'],
    load: () => import('#bin/commands/completion'),
  },
];
