export { addressCountries, countryCodes } from './address/address-data.ts';
export { type AddressFormat, addressFormat, addressFormatOf } from './address/address-formats.ts';
export { type PostalAddress, postalAddress } from './address/address-input.ts';
export { formatAddressLines } from './address/address-lines.ts';
export { parsePhone, phoneProblem, showPhone } from './address/phone.ts';
export { regionOfPostcode } from './address/region-of-postcode.ts';
export { type AddressCheck, addressCheck } from './address/review-address.ts';
export { addressForms } from './address-forms.ts';
export { type Area, comparablePostcode, fitOfArea, type Place } from './areas.ts';
export { checkAddress } from './check-address.ts';
export { countriesServed } from './countries-served.ts';
export { freeShippingFrom } from './free-shipping.ts';
export * from './model.ts';
export {
  type Destination,
  findShippingOption,
  type Parcel,
  type ShippingOption,
  shippingOption,
} from './options.ts';
export { shippingOptions } from './shipping-options.ts';
export { type BuyLabel, buyLabel, type ShippingLabel } from './shippo/buy-label.ts';
export { type TrackedParcel, trackParcel } from './shippo/track-parcel.ts';
