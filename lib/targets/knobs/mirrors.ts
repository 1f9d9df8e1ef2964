import * as z from 'zod';
import { knob } from '#lib/targets/port/knob';
import type { Site } from '#lib/targets/port/site';

/** Where weights are downloaded from. */
export const HuggingFaceEndpoint = knob(
  z
    .string()
    .max(200)
    .regex(
      /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(\/[A-Za-z0-9._~-]+)*$/,
      'an address without user, query and slash at its end: https://hf-mirror.com',
    )
    .optional(),
  {
    description: 'Address of a mirror of the Hugging Face hub; the hub itself without it',
    unit: 'URL',
    example: 'https://hf-mirror.com',
  },
);

/** What clusters without the way to public registries, or with a slow one, pull from. */
export const MIRROR_KNOBS = {
  imageRegistry: knob(
    z
      .string()
      .max(200)
      .regex(
        /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
        'a registry without protocol and slash at its end: mirror.example/proxy',
      )
      .optional(),
    {
      description:
        'Registry that passes on all others: images are pulled as `<it>/docker.io/vllm/vllm-openai`; each from its own without it',
      unit: 'id',
      example: 'm.daocloud.io',
    },
  ),
  huggingFaceEndpoint: HuggingFaceEndpoint,
} as const;

export interface MirrorKnobs {
  readonly imageRegistry?: string | undefined;
  readonly huggingFaceEndpoint?: string | undefined;
}

/** The mirrors as a property of the place; nothing where neither is named. */
export function mirrorsOf({ imageRegistry, huggingFaceEndpoint }: MirrorKnobs): Pick<Site, 'mirrors'> {
  if (imageRegistry === undefined && huggingFaceEndpoint === undefined) return {};
  return {
    mirrors: {
      ...(imageRegistry === undefined ? {} : { images: imageRegistry }),
      ...(huggingFaceEndpoint === undefined ? {} : { models: huggingFaceEndpoint }),
    },
  };
}
