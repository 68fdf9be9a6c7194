import type { DomainConfig, Mail, Money } from '../kernel/index.ts';
import type { OrderView } from '../orders/index.ts';

const formatMoney = (money: Money) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: money.currency }).format(money.amount / 100);

/** Text as it may stand in HTML. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The mail that tells a buyer that the order is in; `url` is the signed link of its page. */
export function orderConfirmation(config: DomainConfig, order: OrderView, url: string): Mail {
  const sums: [string, Money][] = [
    ['Subtotal', order.subtotal],
    [`Delivery, ${order.shippingMethod.name}`, order.shipping],
    ['Tax', order.tax],
    ['Total', order.total],
  ];
  return {
    to: order.email,
    subject: `Your order ${order.number} at ${config.shop.name}`,
    messageId: `<order-confirmation.${order.id}@${new URL(config.shop.url).hostname}>`,
    text: textOf(config, order, url, sums),
    html: htmlOf(config, order, url, sums),
  };
}

function addressLines(order: OrderView): string[] {
  const address = order.shippingAddress;
  return [
    address.fullName,
    address.line1,
    address.line2,
    [address.city, address.region, address.postcode].filter(Boolean).join(' '),
    address.country,
  ].filter((line) => line !== '');
}

function deliveryOf(order: OrderView): string {
  const { minDays, maxDays } = order.shippingMethod;
  return minDays === maxDays ? `${minDays} working days` : `${minDays} to ${maxDays} working days`;
}

function textOf(config: DomainConfig, order: OrderView, url: string, sums: [string, Money][]): string {
  const lines = order.lines.map(
    (line) =>
      `${line.quantity} x ${[line.title, line.variantTitle].filter(Boolean).join(', ')}: ${formatMoney(line.total)}`,
  );
  return [
    `Thank you. Your order ${order.number} is in.`,
    '',
    ...lines,
    '',
    ...sums.map(([label, amount]) => `${label}: ${formatMoney(amount)}`),
    '',
    'It goes to:',
    ...addressLines(order),
    `You should have it in ${deliveryOf(order)}.`,
    '',
    `See your order: ${url}`,
    '',
    `${config.shop.name}, ${config.shop.url}`,
    '',
  ].join('\n');
}

function htmlOf(config: DomainConfig, order: OrderView, url: string, sums: [string, Money][]): string {
  const cell = 'padding:8px 0;border-bottom:1px solid #e5e1d8;font-size:15px';
  const rows = order.lines
    .map(
      (line) =>
        `<tr><td style="${cell}">${escapeHtml(line.title)}${
          line.variantTitle ? `<br><span style="color:#6b675e">${escapeHtml(line.variantTitle)}</span>` : ''
        }</td><td style="${cell};text-align:center">${line.quantity}</td><td style="${cell};text-align:right">${formatMoney(
          line.total,
        )}</td></tr>`,
    )
    .join('');
  const totals = sums
    .map(
      ([label, amount]) =>
        `<tr><td colspan="2" style="padding:4px 0">${escapeHtml(label)}</td><td style="padding:4px 0;text-align:right">${formatMoney(amount)}</td></tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Order ${escapeHtml(order.number)}</title></head>
<body style="margin:0;background:#f6f4ee;font-family:Georgia,serif;color:#23211c">
<div style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff">
<p style="font-size:20px;margin:0 0 24px">${escapeHtml(config.shop.name)}</p>
<h1 style="font-size:26px;margin:0 0 12px">Thank you. Your order is in.</h1>
<p style="margin:0 0 24px">Order ${escapeHtml(order.number)}. You should have it in ${deliveryOf(order)}.</p>
<table role="presentation" style="width:100%;border-collapse:collapse">${rows}${totals}</table>
<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="display:inline-block;background:#23211c;color:#ffffff;padding:12px 20px;text-decoration:none">See your order</a></p>
<p style="margin:0;color:#6b675e">It goes to<br>${addressLines(order).map(escapeHtml).join('<br>')}</p>
</div></body></html>`;
}
