// Works in VS Code as a person does, through a browser. Arguments: ADDRESS FILE.
// Prints what the person sees, a line each.
import { createRequire } from 'node:module';
const { chromium } = createRequire(`${process.cwd()}/`)('playwright-core');

const [address, file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const say = (text) => console.log(text);
const squiggles = page.locator('.squiggly-error');

await page.goto(address, { waitUntil: 'domcontentloaded' });
await page.waitForSelector('.monaco-workbench', { timeout: 60000 });
const row = page.locator('.explorer-folders-view .monaco-list-row');
await row.filter({ hasText: 'trainer' }).first().click({ timeout: 30000 });
await row.filter({ hasText: file }).first().dblclick({ timeout: 30000 });
await page.waitForSelector('.monaco-editor .view-line', { timeout: 30000 });

async function count(wanted) {
  await page.waitForFunction((n) => document.querySelectorAll('.squiggly-error').length === n, wanted, { timeout: 60000 });
  say(`${wanted} seen`);
}
async function line() {
  // Line 2, as it is in the editor; blanks there are not the usual ones.
  return (await page.locator('.monaco-editor .view-line').nth(1).innerText()).replace(/\u00a0/g, ' ');
}

await count(1);
await page.keyboard.press('Control+Shift+M');
await page.waitForSelector('.markers-panel .monaco-list-row', { timeout: 20000 });
await page.waitForTimeout(1500);
const problems = await page.locator('.markers-panel .monaco-list-row .marker-message-details-container, .markers-panel .monaco-list-row .marker-icon + div').allInnerTexts();
for (const text of problems) say(`problem: ${text.replace(/\s+/g, ' ')}`);

await page.locator('.monaco-editor .view-line').nth(1).click();
await page.keyboard.press('Home');
await page.keyboard.type('from trainer ');
await count(0);
for (let i = 0; i < 'from trainer '.length; i++) await page.keyboard.press('Control+z');
await page.keyboard.press('Home');
await page.keyboard.press('Shift+End');
await page.keyboard.type('import model');
await count(1);
await page.keyboard.press('Control+.');
const fix = page.locator('.action-widget .monaco-list-row', { hasText: "write 'from trainer import model'" });
await fix.first().waitFor({ timeout: 20000 });
await page.keyboard.press('Enter');
await count(0);
say(`line: ${await line()}`);
await browser.close();
