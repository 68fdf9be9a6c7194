import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { AddressChoices } from '../components/AddressChoices.tsx';
import { AddressFields } from '../components/AddressFields.tsx';
import { AddressSuggestion } from '../components/AddressSuggestion.tsx';
import { CartReminder } from '../components/CartReminder.tsx';
import { CheckoutBilling } from '../components/CheckoutBilling.tsx';
import { CheckoutEmail } from '../components/CheckoutEmail.tsx';
import { CheckoutFrame } from '../components/CheckoutFrame.tsx';
import { CheckoutLogin } from '../components/CheckoutLogin.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import type { AddressDoubt } from '../lib/address-check.ts';
import {
  type AddressForm,
  type AddressRules,
  addressDefaults,
  parseAddressForm,
  shownAgain,
} from '../lib/address-form.ts';
import { addressRules, withBillingCountry } from '../lib/address-rules.server.ts';
import { saveCheckoutAddress } from '../lib/address-step.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { wantsReminder } from '../lib/cart-reminder.server.ts';
import { checkoutAt } from '../lib/checkout.server.ts';
import { accountInCheckout } from '../lib/checkout-account.server.ts';
import { withChosenAddress } from '../lib/checkout-account.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { useCheckOnBlur } from '../lib/form-blur.ts';
import { pageMeta } from '../lib/page-meta.ts';

const FORM = 'address';

export const handle: RouteHandle = { chrome: 'checkout' };
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Checkout: address' });

export async function loader(args: LoaderFunctionArgs) {
  const [checkout, rules, isReminded] = await Promise.all([
    checkoutAt(args, 'address'),
    addressRules(args),
    wantsReminder(args),
  ]);
  const account = await accountInCheckout(args, rules.formats).catch((error: unknown) =>
    failPage(args.context, error),
  );
  const defaults = {
    ...addressDefaults(checkout, account ?? undefined),
    cartReminder: isReminded ? 'on' : '',
  };
  return {
    checkout,
    account,
    defaults,
    rules: await withBillingCountry(args, rules, defaults.billingAddress.country),
  };
}

export async function action(args: ActionFunctionArgs) {
  const sent = await formOf(args);
  const known = await addressRules(args);
  const account = await accountInCheckout(args, known.formats).catch((error: unknown) =>
    failPage(args.context, error),
  );
  const rules = await withBillingCountry(args, known, String(sent.get('billingAddress.country') ?? ''));
  const submission = parseAddressForm(withChosenAddress(sent, account?.choices ?? []), rules);
  const stay = (result: SubmissionResult, doubt: AddressDoubt | null, status: number) =>
    data({ result: shownAgain(result, sent), rules, doubt }, { status });
  // the fields of another country were asked for, without scripts
  if (sent.has('show')) return stay(withoutErrors(submission.reply()), null, 200);
  if (submission.status !== 'success') return stay(submission.reply(), null, 422);
  const outcome = await saveCheckoutAddress(args, { sent, values: submission.value, account });
  if (outcome instanceof Response) return outcome;
  const { status, doubt, ...errors } = outcome;
  return stay(doubt === null ? submission.reply(errors) : withoutErrors(submission.reply()), doubt, status);
}

/** What was typed, and nothing else. */
function withoutErrors({ initialValue }: SubmissionResult): SubmissionResult {
  return initialValue ? { initialValue } : {};
}

export default function AddressStep() {
  const { checkout, account, defaults, rules: loaded } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const rules: AddressRules = answer?.rules ?? loaded;
  const { result: lastResult = null, doubt = null } = answer ?? {};
  const [tries, setTries] = useState(0);
  const told = useRef<HTMLDivElement>(null);
  const [form, fields] = useForm<AddressForm>({
    id: FORM,
    defaultValue: defaults,
    lastResult,
    onValidate: ({ formData }) =>
      parseAddressForm(withChosenAddress(formData, account?.choices ?? []), rules),
    shouldRevalidate: 'onInput',
  });
  const checkOnBlur = useCheckOnBlur((name) => form.validate({ name }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each try that failed, here or on the server
  useEffect(() => told.current?.focus(), [tries, lastResult]);
  const { onSubmit, ...props } = getFormProps(form);
  const wasTried = tries > 0 || lastResult !== null;
  return (
    <CheckoutFrame step="address" title="Where should it go?" checkout={checkout}>
      <FormProvider context={form.context}>
        <Form
          method="post"
          {...props}
          noValidate
          className="checkout-form"
          onBlur={checkOnBlur}
          onSubmit={(event) => {
            onSubmit(event);
            // one field that was looked at is no try to go on
            const { nativeEvent } = event;
            const by =
              nativeEvent instanceof SubmitEvent ? nativeEvent.submitter?.getAttribute('name') : null;
            if (by !== '__intent__') setTries((before) => before + 1);
          }}
        >
          {/* What Enter in a field does: the first button of a form. */}
          <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only">
            Continue
          </button>
          {wasTried && (
            <ErrorSummary
              ref={told}
              errors={form.allErrors}
              formId={FORM}
              groups={{ billingAddress: 'Billing address: ' }}
            />
          )}
          {doubt && form.valid && (
            <AddressSuggestion
              ref={told}
              doubt={doubt}
              changeId={fields.shippingAddress.getFieldset().line1.id}
            />
          )}
          {account === null && <CheckoutLogin />}
          <CheckoutEmail field={fields.email} />
          <CartReminder field={fields.cartReminder} />
          <fieldset className="mt-8">
            <legend className="mb-4 font-display text-xl font-bold">Delivery address</legend>
            {account && account.choices.length > 0 && (
              <AddressChoices field={fields.savedAddress} choices={account.choices} />
            )}
            <div className="new-address">
              <AddressFields
                fieldset={fields.shippingAddress}
                section="shipping"
                countries={rules.formats.map(({ country, countryName }) => ({
                  code: country,
                  name: countryName,
                }))}
                formats={rules.formats}
              />
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
          <CheckoutBilling fields={fields} rules={rules} />
          <SubmitButton className="mt-8 w-full text-lg" busy="Saving…">
            Continue to delivery
          </SubmitButton>
        </Form>
      </FormProvider>
    </CheckoutFrame>
  );
}
