import { changeUser, readUser } from '../identity/index.ts';
import { authorise, type Context, currentUserId, DomainError } from '../kernel/index.ts';
import { parsePhone, phoneProblem, showPhone } from '../shipping/index.ts';
import { homeCountry, lockCustomer, readCustomer, updateCustomer } from './customer-rows.ts';
import type { ProfileInput, ProfileView } from './model.ts';

/** The profile of who is logged in. Three statements. @throws DomainError `unauthenticated`, `forbidden` */
export async function getProfile(ctx: Context): Promise<ProfileView> {
  authorise(ctx, 'account:own');
  const user = await readUser(ctx, currentUserId(ctx));
  const customer = await readCustomer(ctx, user.id);
  const phone = customer?.phone ?? '';
  const { national, international } = showPhone(phone);
  return {
    name: user.name,
    email: user.email,
    phone,
    phoneNational: national,
    phoneInternational: international,
    phoneCountry: await homeCountry(ctx, customer),
  };
}

/**
 * Changes name and phone of who is logged in. The e-mail address is identity's to change, as it must be proven.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` with `fields.phone` when the number cannot be dialled
 */
export async function updateProfile(ctx: Context, input: ProfileInput): Promise<ProfileView> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const customer = await lockCustomer(tx, userId);
    const country = input.phone === '' ? '' : await homeCountry(tx, customer);
    const phone = input.phone === '' ? '' : parsePhone(input.phone, country);
    if (phone === null) {
      const message = phoneProblem(country);
      throw new DomainError('invalid_input', `phone: ${message}`, { fields: { phone: message } });
    }
    if (phone !== customer.phone) await updateCustomer(tx, userId, { phone });
    await changeUser(tx, { userId, name: input.name });
  });
  return getProfile(ctx);
}
