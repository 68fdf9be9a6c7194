import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { failPage, refusalOf } from './bff-errors.server.ts';
import type { SavedAddressInput } from './bff-types.ts';
import { formOf } from './form.server.ts';
import { messageFor } from './messages.ts';
import { parseSavedAddress, savedAddressErrors, toSavedInput } from './saved-address.ts';
import { askAgain } from './session.server.ts';

/** All countries, and how addresses are asked for in the one that the page's `?country=` names, else in `fallback`. */
export async function addressFormFor(args: LoaderFunctionArgs, fallback: string) {
  const { addresses } = bffFor(args);
  const asked = new URL(args.request.url).searchParams.get('country')?.toUpperCase();
  try {
    const countries = await addresses.countries.query();
    const country = countries.some(({ code }) => code === asked) && asked ? asked : fallback;
    return { countries, format: await addresses.format.query({ country }) };
  } catch (error) {
    failPage(args.context, error);
  }
}

/** Saves the address of the form that was sent, and goes back to the book; or tells what is wrong with it. */
export async function saveAddress(
  args: ActionFunctionArgs,
  save: (input: SavedAddressInput) => Promise<unknown>,
) {
  const submission = parseSavedAddress(await formOf(args));
  if (submission.status !== 'success') return data(submission.reply(), { status: 422 });
  try {
    await save(toSavedInput(submission.value));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    const byField = savedAddressErrors(refusal.fields);
    const reply = submission.reply(
      Object.keys(byField).length > 0 ? { fieldErrors: byField } : { formErrors: [messageFor(refusal)] },
    );
    return data(reply, { status: refusal.httpStatus === 400 ? 422 : refusal.httpStatus });
  }
  return redirect('/account/addresses', 303);
}
