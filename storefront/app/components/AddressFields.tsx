import type { FieldMetadata } from '@conform-to/react';
import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import type { AddressForm } from '../lib/address-form.ts';
import type { AddressCountry, AddressFormat, AddressForms } from '../lib/bff-types.ts';
import type { loader as loadFormat } from '../routes/checkout.address_.format.ts';
import { SelectField, TextField } from './FormField.tsx';

interface AddressFieldsProps {
  readonly fieldset: FieldMetadata<AddressForm['billingAddress']>;
  /** What browsers fill in: the section of `autocomplete`. */
  readonly section: 'shipping' | 'billing';
  /** The countries that can be chosen. */
  readonly countries: readonly AddressCountry[];
  /** How addresses are asked for in them, as far as it is known here; with scripts the others are asked for when they are chosen. */
  readonly formats: AddressForms;
}

/**
 * Where somebody lives. The fields, their order and their words follow the country: with scripts at once, without them by a button, or
 * when the server has told what is still missing.
 */
export function AddressFields({ fieldset, section, countries, formats }: AddressFieldsProps) {
  const fields = fieldset.getFieldset();
  const initial = String(fields.country.initialValue ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const fetcher = useFetcher<typeof loadFormat>();
  const code =
    chosen ?? (countries.some((country) => country.code === initial) ? initial : (countries[0]?.code ?? ''));
  const formatOf = (wanted: string) => formats.find(({ country }) => country === wanted);
  // the one before stays until that of the new country is here
  const format = formatOf(code) ?? fetcher.data ?? formatOf(initial) ?? formats[0];
  const choose = (country: string) => {
    setChosen(country);
    if (!formatOf(country)) fetcher.load(`/checkout/address/format?${new URLSearchParams({ country })}`);
  };
  return (
    <div className="address grid grid-cols-6 gap-4">
      <SelectField
        className="col-span-6"
        field={fields.country}
        label="Country"
        autoComplete={`${section} country`}
        onChange={(event) => choose(event.target.value)}
      >
        {countries.map((country) => (
          <option key={country.code} value={country.code}>
            {country.name}
          </option>
        ))}
      </SelectField>
      <button
        type="submit"
        name="show"
        value={`fields-${section}`}
        className="button button-quiet button-small col-span-6 hidden [@media(scripting:none)]:inline-flex"
      >
        Show the fields of this country
      </button>
      <TextField
        className="col-span-6"
        field={fields.fullName}
        label="Full name"
        autoComplete={`${section} name`}
        autoCapitalize="words"
        enterKeyHint="next"
        spellCheck={false}
      />
      {(format?.fields ?? []).map((field) =>
        field.name === 'region' ? (
          <RegionFields key="region" {...{ fieldset, section, format, asked: field }} />
        ) : (
          <PlaceField key={field.name} {...{ fieldset, section, format, asked: field }} />
        ),
      )}
      {section === 'shipping' && (
        <TextField
          className="col-span-6"
          field={fields.phone}
          label="Phone"
          isOptional
          hint="Only for the courier, if there is a question about the delivery."
          type="tel"
          inputMode="tel"
          enterKeyHint="next"
          autoComplete={`${section} tel`}
        />
      )}
    </div>
  );
}

/** What browsers fill in, by field. */
const autoComplete = {
  line1: 'address-line1',
  line2: 'address-line2',
  city: 'address-level2',
  region: 'address-level1',
  postcode: 'postal-code',
} as const;

type PlaceFieldProps = Pick<AddressFieldsProps, 'fieldset' | 'section'> & {
  readonly format: AddressFormat | undefined;
  readonly asked: AddressFormat['fields'][number];
};

const half = 'col-span-6 sm:col-span-3';

function PlaceField({ fieldset, section, format, asked }: PlaceFieldProps) {
  const common = {
    field: fieldset.getFieldset()[asked.name],
    label: asked.label,
    isOptional: !asked.isRequired,
    autoComplete: `${section} ${autoComplete[asked.name]}`,
    enterKeyHint: 'next' as const,
  };
  if (asked.name === 'postcode') {
    return (
      <TextField
        {...common}
        className={half}
        autoCapitalize="characters"
        inputMode={format?.postcode?.isNumeric ? 'numeric' : 'text'}
        spellCheck={false}
      />
    );
  }
  const isLine = asked.name === 'line1' || asked.name === 'line2';
  return <TextField {...common} className={isLine ? 'col-span-6' : half} autoCapitalize="words" />;
}

/**
 * The state in the US in a field of its own, so that one that another country's page left there is not taken for it; else a list where
 * the country has one, else text.
 */
function RegionFields({ fieldset, section, format, asked }: PlaceFieldProps) {
  const fields = fieldset.getFieldset();
  const regions = format?.regions ?? [];
  const common = {
    field: format?.country === 'US' ? fields.state : fields.region,
    label: asked.label,
    isOptional: !asked.isRequired,
    autoComplete: `${section} address-level1`,
    className: half,
  };
  if (regions.length === 0) {
    return <TextField key={format?.country} {...common} autoCapitalize="words" enterKeyHint="next" />;
  }
  return (
    <SelectField key={format?.country} {...common}>
      <option value="">{`Choose ${/^[aeio]/i.test(asked.label) ? 'an' : 'a'} ${asked.label.toLowerCase()}`}</option>
      {regions.map((region) => (
        <option key={region.code} value={region.code}>
          {region.name}
        </option>
      ))}
    </SelectField>
  );
}
