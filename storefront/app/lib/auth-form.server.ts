import type { Submission } from '@conform-to/react';
import { data } from '@remix-run/node';
import { type Refusal, refusalOf } from './bff-errors.server.ts';
import { messageFor } from './messages.ts';

/** Of no form what was typed in these goes back into the page. */
const secretFields = ['password', 'currentPassword', 'newPassword'];

/** A form of the door with what does not fit; passwords have to be typed again. */
export function unfit<Form>(submission: Submission<Form>) {
  return data(submission.reply({ hideFields: secretFields }), { status: 422 });
}

/**
 * The same with what the bff refused: at the field that it is about, else at the form. Faults rise.
 *
 * @param passwordField where a refused password was typed
 * @param leave where to go instead for some refusals
 */
export function refusedForm<Form>(
  submission: Submission<Form>,
  error: unknown,
  passwordField: string,
  leave: (refusal: Refusal) => Response | null = () => null,
) {
  const refusal = refusalOf(error);
  if (refusal === null) throw error;
  const elsewhere = leave(refusal);
  if (elsewhere) throw elsewhere;
  const message = messageFor(refusal);
  const byField = Object.entries(refusal.fields).map(([field, text]) => [field, [text]]);
  const errors =
    refusal.code === 'password_refused'
      ? { fieldErrors: { [passwordField]: [message] } }
      : byField.length > 0
        ? { fieldErrors: Object.fromEntries(byField) }
        : { formErrors: [message] };
  return data(submission.reply({ ...errors, hideFields: secretFields }), { status: refusal.httpStatus });
}
