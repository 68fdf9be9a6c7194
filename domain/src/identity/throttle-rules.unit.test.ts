import { expect, test } from 'vitest';
import {
  atOneAccount,
  delayAfter,
  fromOnePlace,
  mailsToAddress,
  ofOneNetwork,
  throttleDelays,
} from './throttle-rules.ts';

test('five failures from one place are free, then the wait doubles from a second to a quarter of an hour', () => {
  const delays = Array.from({ length: 18 }, (_, index) => delayAfter(fromOnePlace, index + 1));
  expect(delays).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
});

test('strangers keep the owner of an account waiting for a minute at most', () => {
  expect(Math.max(...throttleDelays(atOneAccount))).toBe(60);
  expect(delayAfter(atOneAccount, 1_000_000)).toBe(60);
  expect(delayAfter(atOneAccount, 19)).toBe(0);
});

test('a network may fail thirty times before it waits', () => {
  expect(delayAfter(ofOneNetwork, 29)).toBe(0);
  expect(delayAfter(ofOneNetwork, 30)).toBe(1);
});

test('an address gets three mails, then one in twenty minutes', () => {
  expect(throttleDelays(mailsToAddress)).toEqual([0, 0, 1_200]);
});

test.each([fromOnePlace, atOneAccount, ofOneNetwork])(
  'who waits out each wait guesses a bounded number of times a day',
  (rule) => {
    let seconds = 0;
    let failures = 0;
    let guesses = 0;
    while (seconds < 24 * 3600) {
      guesses += 1;
      failures = Math.min(failures + 1, throttleDelays(rule).length);
      const wait = Math.max(0.1, delayAfter(rule, Math.round(failures)));
      seconds += wait;
      failures = Math.max(0, failures - wait / rule.forgetSeconds);
    }
    expect(guesses).toBeLessThan(rule.maxSeconds === 60 ? 1_600 : rule === ofOneNetwork ? 2_000 : 160);
  },
);
