import type { FieldMetadata } from '@conform-to/react';
import { useState } from 'react';
import type { AddressForm } from '../lib/address-form.ts';
import type { ShopInfo } from '../lib/bff-types.ts';
import { SelectField, TextField } from './FormField.tsx';

interface AddressFieldsProps {
  readonly fieldset: FieldMetadata<AddressForm['billingAddress']>;
  /** What browsers fill in: the section of `autocomplete`. */
  readonly section: 'shipping' | 'billing';
  readonly countries: ShopInfo['countries'];
  readonly states: ShopInfo['usStates'];
}

/**
 * Where somebody lives. Which of the two region fields is shown follows the country by CSS alone, so it does without
 * scripts; with them, labels follow too.
 */
export function AddressFields({ fieldset, section, countries, states }: AddressFieldsProps) {
  const fields = fieldset.getFieldset();
  const [code, setCode] = useState(String(fields.country.initialValue ?? 'US'));
  const country = countries.find((known) => known.code === code);
  const isUs = code === 'US';
  return (
    <div className="address grid grid-cols-6 gap-4">
      <SelectField
        className="col-span-6"
        field={fields.country}
        label="Country"
        autoComplete={`${section} country`}
        onChange={(event) => setCode(event.target.value)}
      >
        {countries.map((known) => (
          <option key={known.code} value={known.code}>
            {known.name}
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
      <TextField
        className="col-span-6"
        field={fields.line1}
        label="Street and house number"
        autoComplete={`${section} address-line1`}
        autoCapitalize="words"
      />
      <TextField
        className="col-span-6"
        field={fields.line2}
        label="Flat, floor or company"
        isOptional
        autoComplete={`${section} address-line2`}
        autoCapitalize="words"
      />
      <TextField
        className="col-span-6 sm:col-span-3"
        field={fields.city}
        label="Town or city"
        autoComplete={`${section} address-level2`}
        autoCapitalize="words"
      />
      <SelectField
        className="region-us col-span-6 sm:col-span-3"
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
      <TextField
        className="region-elsewhere col-span-6 sm:col-span-3"
        field={fields.region}
        label={isUs ? 'Province, county or region' : (country?.regionLabel ?? 'Region')}
        isOptional={!country?.needsRegion || isUs}
        autoComplete={`${section} address-level1`}
        autoCapitalize="words"
      />
      <TextField
        className="col-span-6 sm:col-span-3"
        field={fields.postcode}
        label={country?.postcodeLabel ?? 'Postcode'}
        autoComplete={`${section} postal-code`}
        autoCapitalize="characters"
        inputMode={isUs || code === 'DE' || code === 'FR' ? 'numeric' : 'text'}
        spellCheck={false}
      />
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
