import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { type AddressDoubt, doubtOf } from './address-check.ts';
import { type AddressForm, fieldErrors, toAddress, toAddressInput } from './address-form.ts';
import { reviewOf } from './address-rules.server.ts';
import { bffFor } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import type { AddressInput } from './bff-types.ts';
import { keepReminder } from './cart-reminder.server.ts';
import { wayOut } from './checkout.server.ts';
import { keepAddress } from './checkout-account.server.ts';
import type { CheckoutAccount } from './checkout-account.ts';
import { messageFor } from './messages.ts';

/** Why the step does not lead on: something is wrong, or to be asked about. */
interface Stay {
  readonly status: number;
  readonly doubt: AddressDoubt | null;
  readonly fieldErrors?: Record<string, string[]>;
  readonly formErrors?: string[];
}

/**
 * Saves the address of a form that fits, unless something about it is to be asked first: never twice of the same address.
 *
 * @returns where to go, or why not
 */
export async function saveCheckoutAddress(
  args: ActionFunctionArgs,
  form: { sent: FormData; values: AddressForm; account: CheckoutAccount | null },
): Promise<Response | Stay> {
  const typed = toAddressInput(form.values);
  const asked = await askAbout(args, form, typed);
  if ('doubt' in asked) return asked;
  const { input } = asked;
  try {
    await bffFor(args).checkout.setAddress.mutate(input);
    await keepReminder(args, form.values.cartReminder === 'on' ? input.email : null);
    if (form.account && form.values.saveAddress) await keepAddress(args, input.shippingAddress);
    return redirect('/checkout/shipping', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const leave = wayOut(refusal);
    if (leave) return leave;
    const byField = fieldErrors(refusal.fields, input);
    return {
      status: refusal.httpStatus,
      doubt: null,
      ...(Object.keys(byField).length > 0 ? { fieldErrors: byField } : { formErrors: [messageFor(refusal)] }),
    };
  }
}

/** The address to save, or what is to be asked about it. One of the address book was looked at when it came there. */
async function askAbout(
  args: ActionFunctionArgs,
  { sent, values, account }: { sent: FormData; values: AddressForm; account: CheckoutAccount | null },
  typed: AddressInput,
): Promise<{ input: AddressInput } | Stay> {
  const answer = sent.get('addressAnswer');
  const isFromBook = account?.choices.some(({ id }) => id === sent.get('savedAddress')) ?? false;
  if (isFromBook || answer === 'typed') return { input: typed };
  const address = toAddress(values.shippingAddress);
  const check = await reviewOf(args, address);
  if (check === null) return { input: typed };
  if (answer === 'suggested' && check.suggestion !== null) {
    return { input: { ...typed, shippingAddress: check.suggestion } };
  }
  const askedBefore = sent.get('askedAddress');
  const doubt = doubtOf(address, check, typeof askedBefore === 'string' ? askedBefore : null);
  return doubt === null ? { input: typed } : { status: 422, doubt };
}
