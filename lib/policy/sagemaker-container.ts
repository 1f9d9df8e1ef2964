import type { ReadResource } from '#lib/artifacts/unresolved';
import type { Container } from '#lib/policy/pods';
import { fieldsOf, objectsOf, textOf, valueOf } from '#lib/policy/values';

/** Flags stand as variables there: `SM_VLLM_MAX_MODEL_LEN=8192` is `--max-model-len 8192`. */
const FLAG = /^SM_(?:VLLM|SGLANG)_(.+)$/;

/** The containers of a SageMaker model, with the flags that its variables stand for. */
export function containersOf(model: ReadResource): readonly Container[] {
  const single = valueOf(model, 'PrimaryContainer');
  return [...objectsOf(single), ...objectsOf(valueOf(model, 'Containers'))].map((fields) => {
    const environment = new Map(
      Object.entries(fieldsOf(fields['Environment'])).flatMap(([name, value]) => {
        const text = textOf(value);
        return text === null ? [] : [[name, text] as const];
      }),
    );
    const words = [...environment].flatMap(([name, value]) => {
      const flag = FLAG.exec(name)?.[1];
      if (flag === undefined || value === 'false') return [];
      const written = `--${flag.toLowerCase().replaceAll('_', '-')}`;
      return value === 'true' ? [written] : [written, value];
    });
    return { name: 'PrimaryContainer', fields, image: textOf(fields['Image']) ?? '', words, environment };
  });
}
