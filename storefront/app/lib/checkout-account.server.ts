import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import type { AddressForms, AddressInput } from './bff-types.ts';
import { type CheckoutAccount, checkoutAccount } from './checkout-account.ts';
import { me } from './session.server.ts';

/** What the checkout knows of who is logged in; null for guests. */
export async function accountInCheckout(
  args: LoaderFunctionArgs | ActionFunctionArgs,
  formats: AddressForms,
): Promise<CheckoutAccount | null> {
  const who = await me(args);
  if (who === null) return null;
  return checkoutAccount(who.email, await bffFor(args).addresses.list.query(), formats);
}

/** Keeps an address in the book. That it cannot be kept, as the book is full, is no reason not to sell. */
export async function keepAddress(
  args: ActionFunctionArgs,
  address: AddressInput['shippingAddress'],
): Promise<void> {
  try {
    await bffFor(args).addresses.create.mutate({ address });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    if (refusal.code !== 'limit_reached') {
      args.context.log.error({ code: refusal.code }, 'an address was not kept');
    }
  }
}
