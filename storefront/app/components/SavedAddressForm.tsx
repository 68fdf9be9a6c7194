import {
  type FieldMetadata,
  FormProvider,
  getFormProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react';
import { Form, Link, useSubmit } from '@remix-run/react';
import { useRef, useState } from 'react';
import type { AddressCountry, AddressFormat } from '../lib/bff-types.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import type { SavedAddressForm as Values } from '../lib/saved-address.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { SelectField, TextField } from './FormField.tsx';
import { SubmitButton } from './SubmitButton.tsx';

interface SavedAddressFormProps {
  readonly countries: readonly AddressCountry[];
  readonly format: AddressFormat;
  readonly defaults: Partial<Values>;
  /** What the address is the default for already. */
  readonly isDefault: { readonly shipping: boolean; readonly billing: boolean };
  readonly lastResult: SubmissionResult | undefined;
}

/**
 * An address of any country. The country is chosen first, by a form of its own that reloads the page with the fields that fit; with
 * scripts they follow at once, and what was typed stays.
 */
export function SavedAddressForm({ countries, format, defaults, ...rest }: SavedAddressFormProps) {
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Partial<Values>>({});
  return (
    <div className="max-w-xl">
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <div className="min-w-56 grow">
          <label htmlFor="country" className="font-medium">
            Country
          </label>
          <select
            id="country"
            name="country"
            className="field mt-1"
            autoComplete="country"
            key={format.country}
            defaultValue={format.country}
            onChange={(event) => {
              if (form.current) setTyped(kept(new FormData(form.current)));
              submit(event.currentTarget.form, { replace: true, preventScrollReset: true });
            }}
          >
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="button button-quiet without-scripts">
          Show its fields
        </button>
      </Form>
      <Fields
        key={format.country}
        formRef={form}
        format={format}
        defaults={{ ...defaults, ...typed }}
        {...rest}
      />
    </div>
  );
}

/** What stays when the country changes: all but what belongs to a country. */
function kept(form: FormData): Partial<Values> {
  const names = ['fullName', 'line1', 'line2', 'city', 'phone'] as const;
  return Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '')]));
}

type FieldsProps = Omit<SavedAddressFormProps, 'countries'> & {
  readonly formRef: React.RefObject<HTMLFormElement>;
};

function Fields({ formRef, format, defaults, isDefault, lastResult }: FieldsProps) {
  const id = `address-${format.country}`;
  const [form, fields] = useForm<Values>({ id, defaultValue: defaults, lastResult: lastResult ?? null });
  // after useForm, which moves the focus to the first wrong field, and once the summary is there
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate ref={formRef} className="mt-6">
        <ErrorSummary ref={summary} errors={inOrder(form.allErrors, format)} formId={id} />
        <input type="hidden" name="country" value={format.country} />
        <div className="grid grid-cols-6 gap-4">
          <TextField
            className="col-span-6"
            field={fields.fullName}
            label="Full name"
            autoComplete="name"
            autoCapitalize="words"
            spellCheck={false}
          />
          {format.fields.map((asked) => (
            <PlaceField key={asked.name} asked={asked} field={fields[asked.name]} format={format} />
          ))}
          <TextField
            className="col-span-6"
            field={fields.phone}
            label="Phone"
            isOptional
            hint="Only for the courier, if there is a question about the delivery."
            type="tel"
            inputMode="tel"
            autoComplete="tel"
          />
        </div>
        <fieldset className="mt-6">
          <legend className="sr-only">Use</legend>
          {isDefault.shipping || (
            <Tick field={fields.defaultShipping} label="Deliver here unless I say otherwise" />
          )}
          {isDefault.billing || (
            <Tick field={fields.defaultBilling} label="Use it for bills unless I say otherwise" />
          )}
        </fieldset>
        <div className="mt-6 flex flex-wrap items-center gap-3">
          <SubmitButton busy="Saving…">Save address</SubmitButton>
          <Link to="/account/addresses" className="button button-quiet">
            Cancel
          </Link>
        </div>
      </Form>
    </FormProvider>
  );
}

/** Messages in the order of the fields. */
function inOrder(errors: Readonly<Record<string, string[]>>, format: AddressFormat) {
  const names = ['', 'country', 'fullName', ...format.fields.map(({ name }) => name), 'phone'];
  return Object.fromEntries(names.flatMap((name) => (errors[name] ? [[name, errors[name]]] : [])));
}

function Tick({ field, label }: { field: FieldMetadata<unknown>; label: string }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input
        type="checkbox"
        name={field.name}
        className="tick"
        defaultChecked={field.initialValue === 'on'}
      />
      {label}
    </label>
  );
}

interface PlaceFieldProps {
  readonly asked: AddressFormat['fields'][number];
  readonly field: FieldMetadata<unknown>;
  readonly format: AddressFormat;
}

/** What browsers fill in, by field. */
const autoComplete = {
  line1: 'address-line1',
  line2: 'address-line2',
  city: 'address-level2',
  region: 'address-level1',
  postcode: 'postal-code',
} as const;

function PlaceField({ asked: { name, label, isRequired }, field, format }: PlaceFieldProps) {
  const common = { field, label, isOptional: !isRequired, autoComplete: autoComplete[name] };
  const half = 'col-span-6 sm:col-span-3';
  if (name === 'region' && format.regions.length > 0) {
    return (
      <SelectField {...common} className={half}>
        <option value="">Choose</option>
        {format.regions.map((region) => (
          <option key={region.code} value={region.code}>
            {region.name}
          </option>
        ))}
      </SelectField>
    );
  }
  if (name === 'postcode') {
    return (
      <TextField
        {...common}
        className={half}
        inputMode={format.postcode?.isNumeric ? 'numeric' : 'text'}
        autoCapitalize="characters"
        spellCheck={false}
      />
    );
  }
  const width = name === 'line1' || name === 'line2' ? 'col-span-6' : half;
  return <TextField {...common} className={width} autoCapitalize="words" />;
}
