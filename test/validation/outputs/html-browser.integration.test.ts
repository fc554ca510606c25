import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCheck } from '../../../src/validation/outputs/forms.ts';
import { reportOn } from '../../../src/validation/outputs/report.ts';
import { faultyCheck, hostileNames, withItems } from './sample-report.ts';

const installed = [
  process.env.SCANLOT_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
  .filter((path) => path !== undefined)
  .find((path) => existsSync(path));
const missing = 'no Chromium found: run scripts/integration-parts.sh, or name one with SCANLOT_CHROMIUM';
if (installed === undefined && process.env.CI) throw new Error(missing);
if (installed === undefined) console.warn(`SKIPPED: ${missing}`);

const added = 50_000;
let folder: string;
let browser: Browser;

describe.skipIf(installed === undefined)('the HTML result in a browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scanlot-html-'));
    const numbered = Array.from({ length: added }, (_, index) => ({
      name: `f-${index}.pdf`,
      state: 'failed' as const,
    }));
    const hostile = hostileNames.map((name) => ({ name, state: 'failed' as const }));
    const check = withItems(await faultyCheck(), [...hostile, ...numbered]);
    await writeCheck(reportOn(check, 'en'), 'html', join(folder, 'result.html'));
    browser = await chromium.launch({ ...(installed ? { executablePath: installed } : {}), args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('opens 50,000 findings page by page, finds, sorts, prints, and runs nothing that names bring along', async () => {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(join(folder, 'result.html')).href);
    const rows = page.locator('#findings tbody tr');
    const status = page.locator('#findings .status');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(100);
    expect(await status.textContent()).toMatch(/^1 to 100 of 50,0\d\d /);
    await page.fill('#findings input[type=search]', 'f-49999.pdf');
    await status.filter({ hasText: '1 to 1 of 1 ' }).waitFor();
    await page.fill('#findings input[type=search]', '<script>');
    await rows.first().filter({ hasText: '</script><script>alert(1)</script>' }).waitFor();
    expect(await rows.count()).toBe(1);
    await page.fill('#findings input[type=search]', 'f-');
    await status.filter({ hasText: '1 to 100 of 50,000 ' }).waitFor();
    await page.locator('#findings thead button').nth(3).click();
    expect(await rows.first().textContent()).toContain('f-0.pdf');
    await page.locator('#findings thead button').nth(3).click();
    expect(await rows.first().textContent()).toContain('f-49999.pdf');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await rows.count()).toBe(2000);
    expect(await status.textContent()).toContain('The first 2,000 of 50,000 are printed');
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await rows.count()).toBe(100);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
