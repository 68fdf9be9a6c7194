import { FormProvider, getFormProps, useForm } from '@conform-to/react';
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { AddressChoices } from '../components/AddressChoices.tsx';
import { AddressFields } from '../components/AddressFields.tsx';
import { CheckoutFrame } from '../components/CheckoutFrame.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { TextField } from '../components/FormField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import {
  type AddressForm,
  addressDefaults,
  fieldErrors,
  parseAddressForm,
  toAddressInput,
} from '../lib/address-form.ts';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import type { AddressForms } from '../lib/bff-types.ts';
import { checkoutAt, wayOut } from '../lib/checkout.server.ts';
import { accountInCheckout, keepAddress } from '../lib/checkout-account.server.ts';
import { withChosenAddress } from '../lib/checkout-account.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

const FORM = 'address';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: address' });

export async function loader(args: LoaderFunctionArgs) {
  const [checkout, formats] = await Promise.all([checkoutAt(args, 'address'), formatsOrFail(args)]);
  const account = await accountOrFail(args, formats);
  return { checkout, account, formats };
}

const formatsOrFail = (args: LoaderFunctionArgs | ActionFunctionArgs) =>
  bffFor(args)
    .shipping.addressForms.query()
    .catch((error: unknown) => failPage(args.context, error));

const accountOrFail = (args: LoaderFunctionArgs | ActionFunctionArgs, formats: AddressForms) =>
  accountInCheckout(args, formats).catch((error: unknown) => failPage(args.context, error));

export async function action(args: ActionFunctionArgs) {
  const sent = await formOf(args);
  const formats = await formatsOrFail(args);
  const account = await accountOrFail(args, formats);
  const submission = parseAddressForm(withChosenAddress(sent, account?.choices ?? []), formats);
  if (submission.status !== 'success') return data(submission.reply(), { status: 422 });
  const input = toAddressInput(submission.value);
  try {
    await bffFor(args).checkout.setAddress.mutate(input);
    if (account && submission.value.saveAddress) await keepAddress(args, input.shippingAddress);
    return redirect('/checkout/shipping', 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const leave = wayOut(refusal);
    if (leave) return leave;
    const byField = fieldErrors(refusal.fields, input);
    const reply = submission.reply(
      Object.keys(byField).length > 0 ? { fieldErrors: byField } : { formErrors: [messageFor(refusal)] },
    );
    return data(reply, { status: refusal.httpStatus });
  }
}

export default function AddressStep() {
  const { checkout, account, formats } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const [tries, setTries] = useState(0);
  const summary = useRef<HTMLDivElement>(null);
  const [form, fields] = useForm<AddressForm>({
    id: FORM,
    defaultValue: addressDefaults(checkout, account ?? undefined),
    lastResult: lastResult ?? null,
    onValidate: ({ formData }) =>
      parseAddressForm(withChosenAddress(formData, account?.choices ?? []), formats),
    shouldRevalidate: 'onInput',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each try that failed, here or on the server
  useEffect(() => summary.current?.focus(), [tries, lastResult]);
  const { onSubmit, ...props } = getFormProps(form);
  return (
    <CheckoutFrame step="address" title="Where should it go?" checkout={checkout}>
      <FormProvider context={form.context}>
        <Form
          method="post"
          {...props}
          noValidate
          className="checkout-form"
          onSubmit={(event) => {
            onSubmit(event);
            setTries((before) => before + 1);
          }}
        >
          <ErrorSummary
            ref={summary}
            errors={form.allErrors}
            formId={FORM}
            groups={{ billingAddress: 'Billing address: ' }}
          />
          <TextField
            field={fields.email}
            label="E-mail"
            hint="For the confirmation of your order, and nothing else."
            type="email"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
          />
          <fieldset className="mt-8">
            <legend className="mb-4 font-display text-xl font-bold">Delivery address</legend>
            {account && account.choices.length > 0 && (
              <AddressChoices field={fields.savedAddress} choices={account.choices} />
            )}
            <div className="new-address">
              <AddressFields fieldset={fields.shippingAddress} section="shipping" formats={formats} />
              {account && (
                <label className="mt-4 flex min-h-11 items-center gap-3">
                  <input
                    type="checkbox"
                    name={fields.saveAddress.name}
                    className="tick"
                    key={fields.saveAddress.key}
                    defaultChecked={fields.saveAddress.initialValue === 'on'}
                  />
                  Keep this address in my address book
                </label>
              )}
            </div>
          </fieldset>
          <label htmlFor="billing-same" className="mt-8 flex min-h-11 items-center gap-3">
            <input
              id="billing-same"
              type="checkbox"
              name="billingSame"
              className="tick"
              key={fields.billingSame.key}
              defaultChecked={fields.billingSame.initialValue === 'on'}
            />
            The billing address is the same
          </label>
          <fieldset className="billing-address mt-6">
            <legend className="mb-4 font-display text-xl font-bold">Billing address</legend>
            <AddressFields fieldset={fields.billingAddress} section="billing" formats={formats} />
          </fieldset>
          <details className="mt-4" open={checkout.vatId !== '' || fields.vatId.errors !== undefined}>
            <summary className="link inline-flex min-h-11 cursor-pointer items-center">
              Buying for a business?
            </summary>
            <TextField
              field={fields.vatId}
              label="VAT ID"
              hint="It stands on the invoice."
              isOptional
              autoCapitalize="characters"
              spellCheck={false}
              className="mt-3"
            />
          </details>
          <SubmitButton className="mt-8 w-full text-lg" busy="Saving…">
            Continue to delivery
          </SubmitButton>
        </Form>
      </FormProvider>
    </CheckoutFrame>
  );
}
