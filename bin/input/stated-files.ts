import { textOf, type Flags } from '#bin/command';
import { importedModel } from '#bin/input/imported-model';
import { readTextFile } from '#bin/files/read-text-file';
import { MAXIMUM_CONSTANTS_BYTES } from '#lib/calibration/constants-file';
import type { StatedLayers } from '#lib/own-catalog/lay-over';

/** What a command line lays over the catalog, as it names it: a second process is told the same words. */
export interface StatedFiles {
  /** `--prices`: a pin, or a folder of refreshed prices. */
  readonly prices?: string | undefined;
  /** Prices that count where neither the command line nor the environment names any. */
  readonly usualPrices?: string | undefined;
  /** `--constants`: a calibration. */
  readonly constants?: string | undefined;
  /** `--model-config`: `my-model=path/config.json`. */
  readonly modelConfig?: string | undefined;
}

export function statedFiles(flags: Flags): StatedFiles {
  return {
    prices: textOf(flags, 'prices'),
    usualPrices: textOf(flags, 'usualPrices'),
    constants: textOf(flags, 'constants'),
    modelConfig: textOf(flags, 'modelConfig'),
  };
}

/** The files, read. Throws where one is not there or not what it should be. */
export function layersOf({ prices, usualPrices, constants, modelConfig }: StatedFiles): StatedLayers {
  const what = 'a file of `landfall sizing calibrate`';
  return {
    prices,
    usualPrices,
    models: modelConfig === undefined ? [] : [importedModel(modelConfig)],
    constants:
      constants === undefined
        ? undefined
        : { path: constants, text: readTextFile(constants, what, MAXIMUM_CONSTANTS_BYTES) },
  };
}
