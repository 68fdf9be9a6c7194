import { moneyOf } from '../kernel/index.ts';
import type { MailInput, MailTemplate } from './model.ts';
import { sampleOrders } from './order-samples.ts';

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
    'gift-card': {
      amount: moneyOf(5_000, 'EUR'),
      code: 'SAMP-LECA-RD22-3344-5566',
      expiresAt: new Date('2029-01-01T00:00:00Z'),
      url: shopUrl,
    },
    'back-in-stock': {
      title: 'Linen shirt',
      variant: 'Ecru, M',
      url: `${shopUrl}/p/linen-shirt`,
      unsubscribeUrl: link('/stock-alerts'),
    },
    'cart-reminder': {
      lines: [
        { title: 'Linen shirt', variant: 'Ecru, M', quantity: 1 },
        { title: 'Harbour mug', variant: '', quantity: 4 },
      ],
      more: 2,
      keptUntil: new Date('2026-03-08T17:05:00Z'),
      url: link('/cart/restore'),
      unsubscribeUrl: link('/cart/mails'),
    },
    ...sampleOrders(shopUrl, name),
  };
}
