/** The console in a real Chromium: sign in, find a client, pay in, see it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import {
  newDataDirectory,
  type RunningBank,
  removeDataDirectory,
  startBank,
} from '../support/running-bank.ts';

let bank: RunningBank;
let browser: Browser;
let page: Page;
const problems: string[] = [];
const screenshots = join(import.meta.dirname, '../../.data/screenshots');

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  bank = await startBank({ directory: newDataDirectory(), args: [] });
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'en-GB' });
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await bank?.stop();
  if (bank) removeDataDirectory(bank.directory);
});

const shot = (name: string) => page.screenshot({ path: join(screenshots, `${name}.png`) });

test('a teller signs in, finds a client, pays in and sees it', async () => {
  await page.goto(bank.urls['gateway']!);
  await shot('1-login');
  await signIn('teller');
  await page.getByRole('link', { name: 'Njeri Mwangi' }).waitFor();
  await shot('2-clients');

  await page.getByLabel('Search clients by name').fill('no such person');
  await page.getByText('No client matches').waitFor();
  await page.getByLabel('Search clients by name').fill('mwangi');
  await page.getByRole('link', { name: 'Njeri Mwangi' }).click();
  await page.getByRole('heading', { name: 'Savings accounts' }).waitFor();
  await shot('3-client');

  await page.locator('tbody a').first().click();
  await page.getByRole('button', { name: 'Deposit' }).waitFor();
  const before = await balance();
  await page.getByRole('button', { name: 'Deposit' }).click();
  await page.getByLabel(/^Amount/).fill('12.505');
  await page.getByRole('dialog').getByRole('button', { name: 'Deposit' }).click();
  await page.getByText(/decimal places/).waitFor();
  await page.getByLabel(/^Amount/).fill('12.50');
  await page.getByRole('dialog').getByRole('button', { name: 'Deposit' }).click();
  await page.getByText('paid in.').waitFor();
  await expect.poll(balance).toBe(before + 1250);
  await shot('4-account');
});

test('more than the balance cannot be paid out, and the reason is said', async () => {
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByLabel(/^Amount/).fill('99999999');
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  const alert = page.getByRole('dialog').getByRole('alert');
  await alert.waitFor();
  expect((await alert.textContent())?.toLowerCase()).toContain('balance');
  await shot('5-refused');
  // Corrected in the same dialog, it is a new request.
  await page.getByLabel(/^Amount/).fill('2.50');
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('paid out.').waitFor();
});

test('a teller is offered no jobs, and signing out ends the session', async () => {
  expect(await page.getByRole('link', { name: 'Jobs' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/savings'));
  await page.goto(`${bank.urls['gateway']}/clients`);
  await page.locator('input[name=password]').waitFor();
  await shot('6-signed-out');
});

test('an administrator runs the interest job and sees how it went', async () => {
  await signIn('admin');
  await page.getByRole('link', { name: 'Jobs' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Post Interest For Savings' });
  await row.getByRole('button', { name: 'Run now' }).click();
  await row.getByText('success').waitFor();
  await row.getByRole('button', { name: 'Runs' }).click();
  await shot('7-jobs');
});

test('the pages ran without an error of their own', () => {
  // The refused withdrawal is an answer, which the browser's console also lists.
  expect(problems.filter((problem) => !problem.includes('status of 403'))).toEqual([]);
});

async function signIn(username: string): Promise<void> {
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', bank.demoPassword);
  await page.click('button[type=submit]');
  await page.getByRole('heading', { name: 'Clients' }).waitFor();
}

/** The balance that the page shows, in minor units. */
async function balance(): Promise<number> {
  const text = (await page.getByTestId('Balance').textContent()) ?? '';
  return Number(text.replace(/[^\d]/g, ''));
}
