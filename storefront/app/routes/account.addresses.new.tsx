import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { SavedAddressForm } from '../components/SavedAddressForm.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { addressFormFor, saveAddress } from '../lib/saved-address.server.ts';
import { requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Add an address' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const profile = await bffFor(args)
    .customer.profile.query()
    .catch((error: unknown) => failPage(args.context, error));
  return { name: profile.name, ...(await addressFormFor(args, profile.phoneCountry)) };
}

export async function action(args: ActionFunctionArgs) {
  return saveAddress(args, (input) => bffFor(args).addresses.create.mutate(input));
}

export default function NewAddress() {
  const { name, countries, format } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <>
      <h1 className="mb-6 text-4xl">Add an address</h1>
      <SavedAddressForm
        countries={countries}
        format={format}
        defaults={{ fullName: name }}
        isDefault={{ shipping: false, billing: false }}
        lastResult={lastResult}
      />
    </>
  );
}
