/** Encodes the way Stripe's API reads: `payment_method_data[card][number]=…`. Nothing is sent for undefined and null. */
export function encodeForm(parameters: object): URLSearchParams {
  const form = new URLSearchParams();
  append(form, '', parameters);
  return form;
}

function append(form: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value))
      append(form, name === '' ? key : `${name}[${key}]`, inner);
    return;
  }
  form.append(name, String(value));
}
