import { guest, withActor } from '@souk/domain/kernel';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterEach, expect, test } from 'vitest';
import { testCaller } from './testing/caller.ts';

let shop: TestDomain;
afterEach(() => shop?.close());

test('mails can be looked at where they are caught, without a statement', async () => {
  shop = await createTestDomain({ env: { MAILBOX_URL: 'http://127.0.0.1:1' } });
  const statements: number[] = [];
  const developer = testCaller(withActor(shop.ctx, guest), {
    onCall: (call) => statements.push(call.statements),
  });
  const { templates, locales } = await developer.mails.templates();
  expect(locales).toEqual(['en', 'de']);
  expect(templates).toContain('order-confirmation');
  const mail = await developer.mails.preview({ template: 'reset-password', locale: 'de' });
  expect(mail.subject).toBe('Wähle ein neues Passwort für Souk');
  expect(mail.html).toContain('Passwort wählen');
  expect(mail.text).toContain('http://shop.test/reset-password/');
  expect(statements).toEqual([0, 0]);
});

test('mails cannot be looked at where they are sent', async () => {
  shop = await createTestDomain({ env: { MAILBOX_URL: '' } });
  const stranger = testCaller(withActor(shop.ctx, guest));
  await expect(stranger.mails.templates()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const preview = stranger.mails.preview({ template: 'reset-password', locale: 'en' });
  await expect(preview).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
