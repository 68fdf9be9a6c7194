import { z } from 'zod';
import { expand, mergeMetadata, metadata, paging, text, unsettableText } from '../api/parameters.ts';
import { addressParameters, shippingParameters } from '../api/shipping.ts';
import { type Call, findOrRefuse, listAnswer, type Operation, operation } from '../call.ts';
import { attachMethod, detachMethod, usePaymentMethod } from '../methods/use-method.ts';
import type { Customer } from '../model.ts';
import { newId, randomText } from '../state/ids.ts';
import { emitEvent } from '../webhooks/emit-event.ts';

const fields = {
  ...expand,
  address: z.union([z.literal('').transform(() => null), addressParameters]).optional(),
  description: unsettableText.optional(),
  email: unsettableText.optional(),
  invoice_settings: z.strictObject({ default_payment_method: unsettableText.optional() }).optional(),
  metadata: metadata.optional(),
  name: unsettableText.optional(),
  phone: unsettableText.optional(),
  preferred_locales: z.array(text).optional(),
  shipping: shippingParameters.optional(),
};

const createParameters = z.strictObject({ ...fields, payment_method: text.optional() });
const updateParameters = z.strictObject(fields);

export const customerOperations: Operation[] = [
  operation({
    name: 'customers.create',
    method: 'POST',
    path: '/v1/customers',
    input: createParameters,
    run(call, { payment_method: methodId, ...input }) {
      const customer = changed(newCustomer(call), input);
      call.sandbox.objects.save('customer', customer);
      if (methodId !== undefined) attachMethod(call, usePaymentMethod(call, methodId), customer.id);
      emitEvent(call, 'customer.created', customer);
      return customer;
    },
  }),
  operation({
    name: 'customers.retrieve',
    method: 'GET',
    path: '/v1/customers/:id',
    input: z.strictObject(expand),
    run: (call) => (isDeleted(call, call.id) ? deletedAnswer(call.id) : findOrRefuse(call, 'customer')),
  }),
  operation({
    name: 'customers.list',
    method: 'GET',
    path: '/v1/customers',
    input: z.strictObject({ ...paging, email: text.optional() }),
    run: (call, { email, ...query }) =>
      listAnswer(call, 'customer', '/v1/customers', {
        ...query,
        ...(email !== undefined && { where: { email } }),
      }),
  }),
  operation({
    name: 'customers.update',
    method: 'POST',
    path: '/v1/customers/:id',
    input: updateParameters,
    run(call, input) {
      const customer = changed(findOrRefuse(call, 'customer'), input);
      call.sandbox.objects.save('customer', customer);
      emitEvent(call, 'customer.updated', customer);
      return customer;
    },
  }),
  operation({
    name: 'customers.delete',
    method: 'DELETE',
    path: '/v1/customers/:id',
    input: z.strictObject(expand),
    run(call) {
      const customer = findOrRefuse(call, 'customer');
      const saved = call.sandbox.objects.list('payment_method', {
        limit: 1000,
        where: { customer: customer.id },
      });
      for (const method of saved?.data ?? []) detachMethod(call, method);
      call.sandbox.objects.remove(customer.id);
      call.sandbox.db.run('insert into deleted_customers (id) values (?)', customer.id);
      emitEvent(call, 'customer.deleted', customer);
      return deletedAnswer(customer.id);
    },
  }),
];

/** A customer as Checkout makes one of what was typed. */
export function createCustomer(call: Call, details: { email: string | null; name: string | null }): Customer {
  const customer: Customer = { ...newCustomer(call), ...details };
  call.sandbox.objects.save('customer', customer);
  emitEvent(call, 'customer.created', customer);
  return customer;
}

function newCustomer(call: Call): Customer {
  return {
    id: newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: call.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

function changed(customer: Customer, input: z.output<typeof updateParameters>): Customer {
  const { expand: _, invoice_settings: settings, metadata: data, shipping, ...words } = input;
  const set = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return {
    ...customer,
    ...set,
    ...(shipping !== undefined && { shipping: shipping === null ? null : withoutNullPhone(shipping) }),
    metadata: data === undefined ? customer.metadata : mergeMetadata(customer.metadata, data),
    invoice_settings: {
      ...customer.invoice_settings,
      ...(settings?.default_payment_method !== undefined && {
        default_payment_method: settings.default_payment_method,
      }),
    },
  };
}

function withoutNullPhone({ phone, ...shipping }: NonNullable<z.output<typeof shippingParameters>>) {
  return { ...shipping, ...(phone !== null && { phone }) };
}

function isDeleted(call: Call, id: string): boolean {
  return call.sandbox.db.first('select 1 from deleted_customers where id = ?', id) !== undefined;
}

function deletedAnswer(id: string) {
  return { id, object: 'customer', deleted: true };
}
