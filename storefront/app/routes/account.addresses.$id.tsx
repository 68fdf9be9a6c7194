import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { SavedAddressForm } from '../components/SavedAddressForm.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { addressFormFor, saveAddress } from '../lib/saved-address.server.ts';
import { savedAddressValues } from '../lib/saved-address.ts';
import { requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Change an address' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const address = await bffFor(args)
    .addresses.get.query({ id: args.params.id ?? '' })
    .catch((error: unknown) => failPage(args.context, error));
  return { address, ...(await addressFormFor(args, address.country)) };
}

export async function action(args: ActionFunctionArgs) {
  const id = args.params.id ?? '';
  return saveAddress(args, (input) => bffFor(args).addresses.update.mutate({ id, ...input }));
}

export default function ChangeAddress() {
  const { address, countries, format } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <>
      <h1 className="mb-6 text-4xl">Change an address</h1>
      <SavedAddressForm
        countries={countries}
        format={format}
        defaults={savedAddressValues(address, format.country)}
        isDefault={{ shipping: address.isDefaultShipping, billing: address.isDefaultBilling }}
        lastResult={lastResult}
      />
    </>
  );
}
