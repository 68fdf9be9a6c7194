import { type Money, moneyOf } from '../kernel/index.ts';
import type { MailInput, MailTemplate } from './model.ts';

const euros = (amount: number): Money => moneyOf(amount, 'EUR');

/** Data to look at each kind of mail with. The token leads nowhere. */
export function sampleData(shopUrl: string): { readonly [T in MailTemplate]: MailInput<T> } {
  const name = 'Ada Lovelace';
  const link = (path: string) => `${shopUrl}${path}/sample-7Jq0cXw2mVn5pRt8yBe1kLh4sDf6gZaU3oNi9xQvC0E`;
  const loginUrl = `${shopUrl}/login`;
  const securityUrl = `${shopUrl}/account/security`;
  return {
    'register-confirm': { name, url: link('/verify-email') },
    'register-existing': { name, loginUrl, resetUrl: `${shopUrl}/forgot-password` },
    'reset-password': { name, url: link('/reset-password') },
    'reset-unknown': { loginUrl, registerUrl: `${shopUrl}/register` },
    'password-changed': { name, undoUrl: link('/reset-password') },
    'email-change-approve': { name, newEmail: 'ada.king@example.com', url: link('/verify-email') },
    'email-change-verify': { name, url: link('/verify-email') },
    'email-changed': { name, newEmail: 'ada.king@example.com', undoUrl: link('/reset-password') },
    'new-device': {
      name,
      device: 'Firefox on Windows',
      network: '203.0.113.0/24',
      time: new Date('2026-03-01T17:05:00Z'),
      securityUrl,
    },
    'second-factor-changed': { name, what: 'totp-added', securityUrl },
    'oauth-linked': { name, provider: 'Google', securityUrl },
    'oauth-unlinked': { name, provider: 'Google', securityUrl },
    'account-erased': { name },
    'order-confirmation': {
      number: 'S-10042',
      url: `${shopUrl}/orders/S-10042?token=sample-7Jq0cXw2mVn5pRt8yBe1kLh4sDf6g`,
      lines: [
        { title: 'Linen shirt', variant: 'Ecru, M', quantity: 2, total: euros(11_800) },
        {
          title: 'Walnut tray with a rim that keeps cups in place',
          variant: '',
          quantity: 1,
          total: euros(4_250),
        },
      ],
      subtotal: euros(16_050),
      discount: euros(1_605),
      shipping: { method: 'Standard', amount: euros(490) },
      tax: euros(2_838),
      total: euros(17_773),
      address: { lines: [name, '12 Analytical Way', 'Oakland CA 94601'], country: 'US' },
      delivery: { minDays: 2, maxDays: 4 },
    },
  };
}
