import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findBrowser } from './browser-finder.ts';

describe('finding a browser', () => {
  test('one is found on any machine that runs these tests', () => {
    expect(existsSync(findBrowser('').executablePath)).toBe(true);
  });

  test('a program can be forced by its path', () => {
    expect(findBrowser(process.execPath).executablePath).toBe(process.execPath);
  });

  test('what is forced and not there is an error that says what can be forced', () => {
    expect(() => findBrowser('/no/such/browser')).toThrow(/neither playwright, system, bundled nor a program/);
  });

  test('the bundled one comes with its fonts, or the error says what to install', () => {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      expect(() => findBrowser('bundled')).toThrow(/npx playwright install chromium/);
      return;
    }
    const { executablePath, env } = findBrowser('bundled');
    expect(existsSync(executablePath)).toBe(true);
    const fonts = /<dir>(.*)<\/dir>/.exec(readFileSync(`${env?.FONTCONFIG_PATH}/fonts.conf`, 'utf8'))?.[1];
    expect(existsSync(`${fonts}/Open_Sans/OpenSans-Regular.ttf`)).toBe(true);
  });
});
