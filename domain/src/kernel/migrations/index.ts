import type { Migration } from 'kysely/migration';
import * as events from './0001-events.ts';
import * as catalog from './0002-catalog.ts';
import * as pricingInventory from './0003-pricing-inventory.ts';
import * as search from './0004-search.ts';
import * as cartCheckout from './0005-cart-checkout.ts';
import * as ordersPayments from './0006-orders-payments.ts';
import * as shippingAndTaxTables from './0007-shipping-and-tax-tables.ts';
import * as identity from './0008-identity.ts';
import * as customers from './0009-customers.ts';
import * as mails from './0010-mails.ts';

/** Every change of the schema in the order that it runs; forward only. */
export const migrations: Record<string, Migration> = {
  '0001-events': events,
  '0002-catalog': catalog,
  '0003-pricing-inventory': pricingInventory,
  '0004-search': search,
  '0005-cart-checkout': cartCheckout,
  '0006-orders-payments': ordersPayments,
  '0007-shipping-and-tax-tables': shippingAndTaxTables,
  '0008-identity': identity,
  '0009-customers': customers,
  '0010-mails': mails,
};
