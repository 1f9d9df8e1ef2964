import { fine, json, type Run } from '#bin/command';
import { importedModel } from '#bin/input/imported-model';
import { LandfallError } from '#lib/errors/landfall-error';
import { modelScreen } from '#lib/report/screens/model-screen';
import { renderText } from '#lib/report/text';

export const run: Run = ([file], flags, surroundings) => {
  if (file === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall catalog import-model',
      expected: 'the config.json of a model',
      fix: 'write landfall catalog import-model my-model=path/config.json',
    });
  }
  const model = importedModel(file);
  if (flags['json']) return fine(json({ schema: 'landfall/model/v1', ...model }));
  return fine(renderText(modelScreen(model, file), { ...surroundings, wide: flags['wide'] === true }));
};
