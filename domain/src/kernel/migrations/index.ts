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
import * as pricing from './0011-pricing.ts';
import * as promotions from './0012-promotions.ts';
import * as inventory from './0013-inventory.ts';
import * as shippingAndTax from './0014-shipping-and-tax.ts';
import * as cart from './0015-cart.ts';
import * as orders from './0016-orders.ts';
import * as payments from './0017-payments.ts';
import * as checkout from './0018-checkout.ts';
import * as placing from './0019-placing.ts';
import * as lighterWrites from './0020-lighter-writes.ts';
import * as notingTries from './0021-noting-tries.ts';
import * as deadDeliveries from './0022-dead-deliveries.ts';

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
  '0011-pricing': pricing,
  '0012-promotions': promotions,
  '0013-inventory': inventory,
  '0014-shipping-and-tax': shippingAndTax,
  '0015-cart': cart,
  '0016-orders': orders,
  '0017-payments': payments,
  '0018-checkout': checkout,
  '0019-placing': placing,
  '0020-lighter-writes': lighterWrites,
  '0021-noting-tries': notingTries,
  '0022-dead-deliveries': deadDeliveries,
};
