import type { FieldMetadata } from '@conform-to/react';
import { useState } from 'react';
import type { AddressForm } from '../lib/address-form.ts';
import type { AddressFormat, AddressForms } from '../lib/bff-types.ts';
import { SelectField, TextField } from './FormField.tsx';

interface AddressFieldsProps {
  readonly fieldset: FieldMetadata<AddressForm['billingAddress']>;
  /** What browsers fill in: the section of `autocomplete`. */
  readonly section: 'shipping' | 'billing';
  /** How addresses are asked for in the countries that can be chosen. */
  readonly formats: AddressForms;
}

/**
 * Where somebody lives. With scripts, the fields, their order and their words follow the country. Without them all fields are there, and
 * which of the two for the region is shown follows the country by CSS alone; the server tells what a country needs.
 */
export function AddressFields({ fieldset, section, formats }: AddressFieldsProps) {
  const fields = fieldset.getFieldset();
  const initial = String(fields.country.initialValue ?? 'US');
  const [code, setCode] = useState(
    formats.some(({ country }) => country === initial) ? initial : (formats[0]?.country ?? ''),
  );
  const format = formats.find(({ country }) => country === code);
  const states = formats.find(({ country }) => country === 'US')?.regions ?? [];
  const asked = format?.fields ?? [];
  return (
    <div className="address grid grid-cols-6 gap-4">
      <SelectField
        className="col-span-6"
        field={fields.country}
        label="Country"
        autoComplete={`${section} country`}
        onChange={(event) => setCode(event.target.value)}
      >
        {formats.map(({ country, countryName }) => (
          <option key={country} value={country}>
            {countryName}
          </option>
        ))}
      </SelectField>
      <TextField
        className="col-span-6"
        field={fields.fullName}
        label="Full name"
        autoComplete={`${section} name`}
        autoCapitalize="words"
        spellCheck={false}
      />
      {[...asked, ...notAsked(asked)].map((field) =>
        field.name === 'region' ? (
          <RegionFields key="region" {...{ fieldset, section, format, states, asked: field }} />
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
          autoComplete={`${section} tel`}
        />
      )}
    </div>
  );
}

interface Asked {
  readonly name: AddressFormat['fields'][number]['name'];
  readonly label: string;
  readonly isRequired: boolean;
  /** Not for the country at hand: there for browsers without scripts, where another may be chosen. */
  readonly isGeneric?: boolean;
}

/** What other countries ask for beside. */
function notAsked(asked: readonly Asked[]): Asked[] {
  const others = [
    { name: 'city', label: 'Town or city' },
    { name: 'postcode', label: 'Postcode' },
    { name: 'region', label: 'Province, county or region' },
  ] as const;
  return others
    .filter(({ name }) => !asked.some((field) => field.name === name))
    .map((field) => ({ ...field, isRequired: false, isGeneric: true }));
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
  readonly asked: Asked;
};

const half = 'col-span-6 sm:col-span-3';
const classOf = (asked: Asked) => (asked.isGeneric ? `${half} address-generic` : half);

function PlaceField({ fieldset, section, format, asked }: PlaceFieldProps) {
  const common = {
    field: fieldset.getFieldset()[asked.name],
    label: asked.label,
    isOptional: !asked.isRequired,
    autoComplete: `${section} ${autoComplete[asked.name]}`,
  };
  if (asked.name === 'postcode') {
    return (
      <TextField
        {...common}
        className={classOf(asked)}
        autoCapitalize="characters"
        inputMode={format?.postcode?.isNumeric ? 'numeric' : 'text'}
        spellCheck={false}
      />
    );
  }
  const isLine = asked.name === 'line1' || asked.name === 'line2';
  return <TextField {...common} className={isLine ? 'col-span-6' : classOf(asked)} autoCapitalize="words" />;
}

type RegionFieldsProps = PlaceFieldProps & { readonly states: AddressFormat['regions'] };

/** The state in the US by a list; elsewhere a list where the country has one, else text. CSS shows the one that the country wants. */
function RegionFields({ fieldset, section, format, states, asked }: RegionFieldsProps) {
  const fields = fieldset.getFieldset();
  const isUs = format?.country === 'US';
  const regions = isUs ? [] : (format?.regions ?? []);
  const common = {
    field: fields.region,
    label: isUs ? 'Province, county or region' : asked.label,
    isOptional: isUs || !asked.isRequired,
    autoComplete: `${section} address-level1`,
    className: `region-elsewhere ${classOf(asked)}`,
  };
  return (
    <>
      {states.length > 0 && (
        <SelectField
          className={`region-us ${half}`}
          field={fields.state}
          label="State"
          autoComplete={`${section} address-level1`}
        >
          <option value="">Choose a state</option>
          {states.map((state) => (
            <option key={state.code} value={state.code}>
              {state.name}
            </option>
          ))}
        </SelectField>
      )}
      {regions.length > 0 ? (
        <SelectField key={format?.country} {...common}>
          <option value="">Choose</option>
          {regions.map((region) => (
            <option key={region.code} value={region.code}>
              {region.name}
            </option>
          ))}
        </SelectField>
      ) : (
        <TextField key={format?.country} {...common} autoCapitalize="words" />
      )}
    </>
  );
}
