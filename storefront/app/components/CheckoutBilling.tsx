import type { FieldMetadata } from '@conform-to/react';
import type { AddressForm, AddressRules } from '../lib/address-form.ts';
import { AddressFields } from './AddressFields.tsx';
import { TextField } from './FormField.tsx';

interface CheckoutBillingProps {
  readonly fields: {
    readonly [Name in 'billingSame' | 'billingAddress' | 'vatId']: FieldMetadata<AddressForm[Name]>;
  };
  readonly rules: AddressRules;
}

/** Whom the bill goes to: in any country, whether the shop delivers there or not. By CSS alone the fields follow the tick. */
export function CheckoutBilling({ fields, rules }: CheckoutBillingProps) {
  const { billingSame, billingAddress, vatId } = fields;
  return (
    <>
      <label htmlFor="billing-same" className="mt-8 flex min-h-11 items-center gap-3">
        <input
          id="billing-same"
          type="checkbox"
          name="billingSame"
          className="tick"
          key={billingSame.key}
          defaultChecked={billingSame.initialValue === 'on'}
        />
        The billing address is the same
      </label>
      <fieldset className="billing-address mt-6">
        <legend className="mb-4 font-display text-xl font-bold">Billing address</legend>
        <AddressFields
          fieldset={billingAddress}
          section="billing"
          countries={rules.countries}
          formats={[...rules.formats, ...rules.billingFormats]}
        />
      </fieldset>
      <details className="mt-4" open={Boolean(vatId.initialValue) || vatId.errors !== undefined}>
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">
          Buying for a business?
        </summary>
        <TextField
          field={vatId}
          label="VAT ID"
          hint="It stands on the invoice."
          isOptional
          autoComplete="off"
          autoCapitalize="characters"
          enterKeyHint="go"
          spellCheck={false}
          className="mt-3"
        />
      </details>
    </>
  );
}
