import { describe, expect, it } from 'vitest';
import { engines } from '#lib/engines/index';
import { chatPlan } from '../../../_support/chat-plan';

function launchOf(model: string, engine: string) {
  const { serving, notes } = chatPlan(
    model,
    { target: 'leased', gpu: 'b300-sxm', serving: { engine: { engine } } },
    { mean: 1, peak: 2 },
  );
  const { args, files } = serving.launch;
  return {
    told: [...args, ...files.map(({ content }) => content)].join('\n'),
    notes: notes.filter((note) => note.includes('brings Python code')),
  };
}

describe.each(engines.ids)('under %s', (engine) => {
  it.each(['kimi-k2', 'kimi-k2.5'])(
    '%s starts with the code of its tokenizer, and the plan says so',
    (model) => {
      const { told, notes } = launchOf(model, engine);
      expect(told).toMatch(/--trust-remote-code|"trust_remote_code": true/);
      expect(notes).toHaveLength(1);
    },
  );

  it('no other model of the catalog may run code of its repository', () => {
    const { told, notes } = launchOf('deepseek-r1', engine);
    expect(told).not.toMatch(/trust.remote.code/);
    expect(notes).toEqual([]);
  });
});
