import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { placeOrder } from '../checkout/index.ts';
import {
  createTestDomain,
  fillCart,
  payWith,
  sellProduct,
  type TestDomain,
  testCards,
} from '../testing/index.ts';
import { sendOrderConfirmation } from './order-mails.ts';

const { SMTP_URL = '', MAILBOX_URL = '' } = process.env;
const mailbox = z.object({
  messages: z.array(z.object({ subject: z.string(), html: z.string(), text: z.string() })),
});

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain({ env: { SMTP_URL, MAILBOX_URL, SHOP_NAME: `Souk ${crypto.randomUUID()}` } });
});
afterAll(() => shop?.close());

async function mailsOfThisShop() {
  const { messages } = mailbox.parse(await (await fetch(`${MAILBOX_URL}/messages`)).json());
  return messages.filter((mail) => mail.subject.endsWith(shop.config.shop.name));
}

test('an order is confirmed once, with all that its buyer wants to know', async () => {
  const { variantId } = await sellProduct(shop.ctx, {
    stock: 5,
    amount: 2_000,
    title: 'Tea & <b>biscuits</b>',
  });
  const cartId = await fillCart(shop.ctx, variantId, 2);
  const { totalsVersion } = await payWith(shop.ctx, cartId, testCards.success);
  const placed = await placeOrder(shop.ctx, { cartId, totalsVersion });
  if (placed.outcome !== 'placed') throw new Error(placed.outcome);
  await shop.runJobs();
  const order = await shop.ctx.db.selectFrom('orders').select('id').executeTakeFirstOrThrow();
  await Promise.all(Array.from({ length: 10 }, () => sendOrderConfirmation(shop.ctx, order.id)));
  await shop.runJobs();

  const mails = await mailsOfThisShop();
  expect(mails).toHaveLength(1);
  const link = `http://shop.test/orders/${placed.orderNumber}?token=${placed.token}`;
  expect(mails[0]?.text.split(/\r?\n/)).toEqual(
    expect.arrayContaining([link, '2 × Tea & <b>biscuits</b>: $40.00', 'Ada Lovelace', 'United States']),
  );
  expect(mails[0]?.html).toContain(`href="${link}"`);
  expect(mails[0]?.html).toContain('Tea &amp; &lt;b&gt;biscuits&lt;/b&gt;');
});

test('what an earlier release confirmed is not confirmed again', async () => {
  const orderId = shop.ctx.ids.next();
  await shop.ctx.db
    .insertInto('sent_mails')
    .values({ kind: 'order-confirmation', reference_id: orderId, sent_at: new Date() })
    .execute();
  const before = (await mailsOfThisShop()).length;
  await sendOrderConfirmation(shop.ctx, orderId);
  await shop.runJobs();
  expect(await mailsOfThisShop()).toHaveLength(before);
});
