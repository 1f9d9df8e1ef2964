import { EXIT, fine, json, textOf, type Run } from '#bin/command';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { textChunks } from '#bin/files/read-text-file';
import { writeOnce } from '#bin/files/write-files';
import type { ConstantsFile } from '#lib/calibration/constants-file';
import { calibrateOwn } from '#lib/calibration/own-calibration';
import { refitOwn } from '#lib/calibration/own-constants';
import { ownRuns } from '#lib/calibration/own-runs';
import { LandfallError } from '#lib/errors/landfall-error';
import { benchmarkRows } from '#lib/evaluation/benchmark-file';
import { calibrationScreen } from '#lib/report/screens/calibration-screen';
import { renderText } from '#lib/report/text';

const OUTPUT = 'constants.json';

export const run: Run = ([file = ''], flags, surroundings) => {
  const catalog = sizedCatalog(flags);
  const rows = benchmarkRows(textChunks(file, 'a benchmark file'), file);
  const { runs, skipped } = ownRuns(rows, catalog, file);
  const named = { asOf: surroundings.today, source: file };
  const result = flags['all'] === true ? refitOwn(runs, catalog, named) : calibrateOwn(runs, catalog, named);
  if (result.state === 'refused') {
    throw new LandfallError({
      code: 'NOT_BETTER',
      at: file,
      got: result.why,
      expected: 'runs that make the sizing better where it has not seen them',
      fix: `measure more sweeps, or leave it: \`landfall sizing evaluate ${file}\` shows the error as it is`,
    });
  }
  const { state: _, ...calibration } = result;
  const { validation } = calibration;
  const document: ConstantsFile = { schema: 'landfall/sizing-constants/v1', ...calibration };
  const output = textOf(flags, 'output') ?? OUTPUT;
  if (output === '-' || flags['json']) return fine(json(document));
  writeOnce(output, json(document), flags['force'] === true);
  const screen = calibrationScreen(validation, {
    file,
    output,
    skipped,
    isRefit: flags['all'] === true,
  });
  return {
    stdout: renderText(screen, { ...surroundings, wide: true }),
    stderr: `wrote ${output}\n`,
    exitCode: EXIT.fine,
  };
};
