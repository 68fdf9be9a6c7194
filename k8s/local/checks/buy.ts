// Buys a mug as a shopper with a browser does, and prints the order's number. Run within a node's network, where the shop, the payment
// sandbox and the mailbox answer on 127.0.0.1.
import { launchBrowser, newVisitor } from '../../../tools/e2e/browser.ts';
import { fillCart, orderNumber, pay, reachPayment } from '../../../tools/e2e/page-shopper.ts';
import { shopUrl } from '../souk.ts';

const scripts = process.argv[2] === 'scripts';
const browser = await launchBrowser();
try {
  const visitor = await newVisitor(browser, { scripts });
  visitor.setDefaultTimeout(60_000);
  const page = await visitor.newPage();
  await page.goto(shopUrl);
  await fillCart(page, { shopUrl });
  await page.goto(`${shopUrl}/cart`);
  await reachPayment(page);
  await pay(page, '4242424242424242', { scripts });
  console.log(await orderNumber(page));
} finally {
  await browser.close();
}
