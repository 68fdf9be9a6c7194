import type { Address } from '../lib/bff-types.ts';

const countryNames = new Intl.DisplayNames('en-US', { type: 'region' });

/** An address as it is written on a parcel; short: on one line. */
export function AddressLines({ address, isShort = false }: { address: Address; isShort?: boolean }) {
  const regionAndPostcode = [address.region, address.postcode].filter(Boolean).join(' ');
  const town = [address.city, regionAndPostcode].filter(Boolean).join(', ');
  const country = countryNames.of(address.country) ?? address.country;
  if (isShort) {
    return (
      <p>
        {address.fullName}, {address.line1}, {town}, {country}
      </p>
    );
  }
  const lines = [address.fullName, address.line1, address.line2, town, country, address.phone].filter(
    Boolean,
  );
  return (
    <address className="leading-relaxed not-italic">
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}
