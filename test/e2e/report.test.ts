import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { canRun, chromiumPath, tools } from './tools';

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = `</script><img src=x onerror="document.title='owned'"> & 'q' <!--`;

/** Runs in the page. */
const OPEN_ALL = 'for (const part of document.querySelectorAll("details")) part.open = true';
const CLIPPED = `[...document.querySelectorAll('main svg')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
  const { width, height } = svg.viewBox.baseVal;
  return [...svg.querySelectorAll('text')].flatMap((text) => {
    const { x, y, width: w, height: h } = text.getBBox();
    return x >= 0 && x + w <= width && y >= -2 && y + h <= height + 2 ? [] : [text.textContent];
  });
})`;

interface Sheet {
  options: Record<string, { title?: string }>;
  scenarios: Record<string, { title: string }>;
  deploy?: unknown;
}

/** A shipped environment with three options, and names that try to be markup. */
function writtenReport(): string {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-report-'));
  const sheet = parse(readFileSync('environments/support.yaml', 'utf8')) as Sheet;
  const { bedrock = {}, eks = {}, leased = {} } = sheet.options;
  sheet.options = { bedrock, eks: { ...eks, title: HOSTILE }, leased };
  for (const scenario of Object.values(sheet.scenarios)) scenario.title = HOSTILE;
  delete sheet.deploy;
  const environment = join(folder, 'hostile.yaml');
  writeFileSync(environment, stringify(sheet));
  return reportOf(environment, join(folder, 'report.html'));
}

function reportOf(environment: string, report: string): string {
  const words = ['dist/bin/landfall.js', 'report', environment, '--output', report, '--as-of', '2026-11-23'];
  execFileSync(process.execPath, words, { stdio: 'pipe' });
  return report;
}

/** Opens whatever is folded, and looks for what disturbs a reader. */
async function faultsOf(page: Page, language: 'en' | 'zh'): Promise<unknown> {
  await page.check(`#language-${language}`);
  await page.evaluate(OPEN_ALL);
  await page.evaluate(axe);
  const accessibility = await page.evaluate<unknown>(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
  );
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  return { accessibility, width, clipped: await page.evaluate<unknown>(CLIPPED) };
}

/** Texts of the library that the Chinese page leaves in English. */
const LEFT_ENGLISH = `[...document.querySelectorAll('main[lang=zh-CN] [lang=en]')].filter((part) => part.closest('td.wide') === null).map((part) => part.textContent)`;

describe.runIf(canRun('the HTML report in a browser', [tools.chromium]))(
  'the HTML report in a browser',
  () => {
    let browser: Browser;
    let report: string;

    beforeAll(async () => {
      report = writtenReport();
      // A container's user is root, whom Chromium gives no sandbox.
      browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    });
    afterAll(async () => browser.close());

    interface Opened {
      readonly page: Page;
      readonly requests: string[];
      readonly complaints: string[];
    }

    async function open(
      width: number,
      colorScheme: 'light' | 'dark' = 'light',
      file = report,
    ): Promise<Opened> {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        offline: true,
      });
      const page = await context.newPage();
      const [requests, complaints]: [string[], string[]] = [[], []];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`file://${file}`);
      return { page, requests, complaints };
    }

    const set = (page: Page, name: string, value: number) =>
      page.locator(`main:visible input[name=${name}]`).fill(String(value));
    const cheapest = (page: Page) =>
      page.locator('main:visible [data-live=ranking] tbody tr').first().locator('th, td').allTextContents();

    it('opens from a file, asks for nothing, and what users wrote stays text', async () => {
      const { page, requests, complaints } = await open(1440);
      expect(requests).toEqual([`file://${report}`]);
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.locator('main:visible h2').first().textContent()).toContain(HOSTILE);
      expect(await page.title()).toContain('support');
      expect(complaints).toEqual([]);
    });

    it.each([
      ['English, wide, light', 1440, 'light', 'en'],
      ['Chinese, narrow, dark', 400, 'dark', 'zh'],
    ] as const)(
      '%s: no fault of accessibility, nothing beyond the window, no clipped letter',
      async (_, width, scheme, language) => {
        const { page, complaints } = await open(width, scheme);
        expect(await faultsOf(page, language)).toEqual({ accessibility: [], width, clipped: [] });
        expect(await page.evaluate('document.documentElement.lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
        expect(complaints).toEqual([]);
      },
    );

    it('moves by keyboard: figures, differences and the order follow, in both languages, and come back', async () => {
      const { page, complaints } = await open(1440);
      const before = await cheapest(page);
      const listed = page.locator('main:visible tr.chosen').first().locator('td').nth(1);
      expect(before[0]).toBe('bedrock');
      expect(before[2]).toBe(await listed.textContent());
      await page.locator('main:visible input[name=tokens]').focus();
      await page.keyboard.press('ArrowRight');
      const dearer = await cheapest(page);
      expect(dearer[2]).not.toBe(before[2]);
      expect(dearer[3]).toMatch(/^\+\$/);
      await set(page, 'multiple', 4);
      await set(page, 'tokens', 2);
      await set(page, 'accelerators', 0.5);
      await set(page, 'team', 0.5);
      expect((await cheapest(page))[0]).toBe('leased');
      await page.check('#language-zh');
      expect((await cheapest(page))[0]).toBe('leased');
      expect(await page.locator('main:visible [data-live=says]').textContent()).toContain(
        '最便宜的是 leased',
      );
      expect(await page.locator('main:visible input[name=tokens]').inputValue()).toBe('2');
      await page.locator('main:visible [data-reset]').click();
      await page.check('#language-en');
      expect(await cheapest(page)).toEqual(before);
      expect(complaints).toEqual([]);
    });

    it('holds its tables whole in a common window, and shows them by a link as they were left', async () => {
      const { page, complaints } = await open(1200);
      const cut = await page.evaluate<unknown>(
        `[...document.querySelectorAll('main .scroll')].filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1).map((box) => box.ariaLabel)`,
      );
      expect(cut).toEqual([]);
      const lines = page.locator('main:visible [data-patch]');
      expect(await lines.isVisible()).toBe(false);
      await set(page, 'multiple', 2);
      await set(page, 'discount', 0.05);
      await page.waitForURL(/#support\.multiple=2&support\.discount=0\.05$/);
      await page.reload();
      expect(await page.locator('main:visible [data-settings]').textContent()).toContain('× 2');
      await page.locator('main:visible [data-moved] summary').click();
      expect(await lines.textContent()).toMatch(
        /^finance:\n {2}discountRatePerYear: 0.05\nscenarios:\n {2}support:\n {4}traffic:\n {6}requestsPerSecond:\n/,
      );
      await page.locator('main:visible [data-copy]').click();
      expect(await page.evaluate<string>('String(getSelection())')).toContain('discountRatePerYear');
      await page.locator('main:visible [data-reset]').click();
      await page.waitForURL((url) => url.hash === '');
      expect(await lines.isVisible()).toBe(false);
      expect(complaints).toEqual([]);
    });

    it.each(readdirSync('environments').filter((name) => name.endsWith('.yaml')))(
      'environments/%s: no fault in either language and scheme, and nothing but titles of documents left in English',
      async (name) => {
        const folder = mkdtempSync(join(tmpdir(), 'landfall-report-'));
        const file = reportOf(`environments/${name}`, join(folder, 'report.html'));
        for (const [width, scheme] of [
          [1440, 'light'],
          [390, 'dark'],
        ] as const) {
          const { page, complaints } = await open(width, scheme, file);
          for (const language of ['en', 'zh'] as const) {
            expect(await faultsOf(page, language)).toEqual({ accessibility: [], width, clipped: [] });
          }
          expect(await page.evaluate(LEFT_ENGLISH)).toEqual([]);
          expect(complaints).toEqual([]);
          await page.context().close();
        }
      },
    );

    it('prints on A4 with its structure', async () => {
      const { page } = await open(1440);
      const pdf = await page.pdf({ format: 'A4', tagged: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.includes('/StructTreeRoot')).toBe(true);
    });
  },
);
