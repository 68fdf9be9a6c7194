import type { AppLoadContext } from '@remix-run/node';

/** A form as it was sent: names and values, in order. */
export type SentForm = readonly (readonly [name: string, value: string])[];

/** What nobody wants to find in a page, even their own. */
const secret = /password|passkey|secret|token|code|credential/i;
const MOST_CHARACTERS = 20_000;

const sent = new WeakMap<AppLoadContext, FormData>();

/** Remembers what was sent, for as long as the request lasts. */
export function noteForm(context: AppLoadContext, form: FormData): void {
  sent.set(context, form);
}

/**
 * What was sent, for a page that could not be shown to offer again: the same fields, with the key that keeps the same thing from being done
 * twice. Null when nothing was sent, or something secret.
 */
export function formToSendAgain(context: AppLoadContext): SentForm | null {
  const form = sent.get(context);
  if (form === undefined) return null;
  const fields: [string, string][] = [];
  for (const [name, value] of form) {
    if (typeof value !== 'string' || secret.test(name)) return null;
    fields.push([name, value]);
  }
  return fields.join('').length > MOST_CHARACTERS ? null : fields;
}
