import { EXIT, json, textOf, type Run, type Surroundings } from '#bin/command';
import { selectionWords } from '#bin/input/selection-words';
import { statedFiles } from '#bin/input/stated-files';
import { builtWith } from '#bin/package-root';
import { askAll } from '#bin/preflight/ask-all';
import { askersOf } from '#bin/preflight/askers-of';
import { deploymentsFor } from '#bin/preflight/deployments-for';
import { preflightOf, requirementsOf } from '#lib/preflight/make-preflight';
import { preflightScreen } from '#lib/report/screens/preflight-screen';
import { renderText } from '#lib/report/text';

/** What has to be true before `apply`, asked of this machine, the cloud and the cluster. Changes nothing. */
export const run: Run = async ([path = ''], flags, surroundings) => {
  const offline = flags['offline'] === true;
  const { deployments, catalog } = deploymentsFor({
    environmentPath: path,
    option: textOf(flags, 'option'),
    scenario: textOf(flags, 'scenario'),
    files: statedFiles(flags),
  });
  const [first] = deployments;
  const environment = first?.plan.environment ?? '';
  const request = { environment, deployments, catalog, versions: builtWith() };
  const askers = await askersOf({
    offline,
    kubeconfig: textOf(flags, 'kubeconfig'),
    managementKubeconfig: textOf(flags, 'managementKubeconfig'),
    surroundings,
  });
  const verdicts = await askAll(requirementsOf(request), askers, surroundings.progress ?? (() => undefined));
  const preflight = preflightOf({ ...request, offline, checkedAt: instant(surroundings) }, verdicts);
  const stdout = flags['json']
    ? json(preflight)
    : renderText(preflightScreen(preflight, selectionWords(path, flags)), {
        ...surroundings,
        wide: flags['wide'] === true,
      });
  return { stdout, stderr: '', exitCode: preflight.counts.failed > 0 ? EXIT.preflight : EXIT.fine };
};

function instant({ now, today }: Surroundings): string {
  return now?.() ?? `${today}T00:00:00Z`;
}
