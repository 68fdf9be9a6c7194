import { expect, test } from 'vitest';
import { networkOf, subscriberOf } from './origin.ts';

test.each([
  ['203.0.113.77', '203.0.113.0/24', '203.0.113.77'],
  ['::ffff:203.0.113.77', '203.0.113.0/24', '203.0.113.77'],
  ['2001:db8:aa:bb:1:2:3:4', '2001:db8:aa::/48', '2001:db8:aa:bb::/64'],
  ['2001:0DB8:00AA:00BB::1', '2001:db8:aa::/48', '2001:db8:aa:bb::/64'],
  ['2001:db8::1', '2001:db8:0::/48', '2001:db8:0:0::/64'],
  ['::1', '0:0:0::/48', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0::/48', 'fe80:0:0:0::/64'],
  ['', '', ''],
  ['unknown', '', 'unknown'],
])('%s is of network %s and subscriber %s', (address, network, subscriber) => {
  expect(networkOf(address)).toBe(network);
  expect(subscriberOf(address)).toBe(subscriber);
});
