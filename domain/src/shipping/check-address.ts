import { authorise, type Context } from '../kernel/index.ts';
import type { PostalAddress } from './address/address-input.ts';
import { type AddressCheck, reviewAddress } from './address/review-address.ts';

/**
 * What is probably wrong with an address, and how it was probably meant. It never blocks: who insists is delivered to. No statements.
 *
 * @throws DomainError `forbidden`
 */
export function checkAddress(ctx: Context, address: PostalAddress): AddressCheck {
  authorise(ctx, 'checkout:use');
  return reviewAddress(address);
}
