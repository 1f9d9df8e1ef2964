import type { WayId } from '#lib/routes/routes';
import type { Variant } from '#lib/routes/variants';
import type { Route } from '#lib/spec/schema/scenario';
import type { TrainingKind } from '#lib/training/training';

/** What is known of a way before anything is computed. Its efforts are assumptions under `routes.<id>.…`. */
export interface Way {
  readonly id: WayId;
  readonly route: Route;
  readonly title: string;
  /** The demand that is served. */
  readonly variant: Variant;
  /** Weights of one's own are served, so the option must take them. */
  readonly ownWeights: boolean;
  readonly training: TrainingKind | null;
  /** Where the tokens of the training come from. */
  readonly tokens: 'examples' | 'teacher' | 'corpus' | null;
  readonly difficulty: 1 | 2 | 3 | 4 | 5;
  readonly customisable: string;
}

export const WAY_TABLE: readonly Way[] = [
  {
    id: 'direct',
    route: 'direct',
    title: 'Use a model as it is',
    variant: 'bare',
    ownWeights: false,
    training: null,
    tokens: null,
    difficulty: 1,
    customisable: 'nothing',
  },
  {
    id: 'prompt',
    route: 'adapt',
    title: 'Prompt engineering',
    variant: 'longer-prompt',
    ownWeights: false,
    training: null,
    tokens: null,
    difficulty: 1,
    customisable: 'instructions, examples',
  },
  {
    id: 'retrieval',
    route: 'adapt',
    title: 'Retrieval',
    variant: 'retrieval',
    ownWeights: false,
    training: null,
    tokens: null,
    difficulty: 2,
    customisable: 'knowledge',
  },
  {
    id: 'lora',
    route: 'adapt',
    title: 'Fine-tuning by LoRA',
    variant: 'adaptable',
    ownWeights: true,
    training: 'lora',
    tokens: 'examples',
    difficulty: 3,
    customisable: 'behaviour',
  },
  {
    id: 'sft',
    route: 'adapt',
    title: 'Fine-tuning of all weights',
    variant: 'bare',
    ownWeights: true,
    training: 'sft',
    tokens: 'examples',
    difficulty: 4,
    customisable: 'behaviour, all weights',
  },
  {
    id: 'compression',
    route: 'adapt',
    title: 'Compression to fewer bits',
    variant: 'uncompressed',
    ownWeights: true,
    training: null,
    tokens: null,
    difficulty: 3,
    customisable: 'speed, memory',
  },
  {
    id: 'distillation',
    route: 'adapt',
    title: 'Distillation into a smaller model',
    variant: 'student',
    ownWeights: true,
    training: 'distillation',
    tokens: 'teacher',
    difficulty: 4,
    customisable: 'behaviour, size',
  },
  {
    id: 'build',
    route: 'build',
    title: 'Train a model of your own',
    variant: 'bare',
    ownWeights: true,
    training: 'pre-training',
    tokens: 'corpus',
    difficulty: 5,
    customisable: 'everything',
  },
];
