import { z } from 'zod';

/** The shortest password that the shop takes, in characters; the rest of the rules are the bff's. */
const MIN_PASSWORD = 8;

const email = z
  .string({ error: 'Enter your e-mail address' })
  .trim()
  .max(254, 'An e-mail address has at most 254 characters')
  .pipe(z.email('Enter an e-mail address, such as name@example.com'));
const typed = z.string({ error: 'Enter your password' }).max(4_096, 'That is too long');
const fresh = z
  .string({ error: 'Choose a password' })
  .max(4_096, 'That is too long')
  .refine((password) => [...password.normalize('NFKC')].length >= MIN_PASSWORD, {
    message: `Choose a password of at least ${MIN_PASSWORD} characters`,
  });

export const passwordHint = `At least ${MIN_PASSWORD} characters. A few words in a row are easy to keep in mind.`;

export const logInForm = z.object({ email, password: typed });
export const againForm = z.object({ password: typed });
export const registerForm = z.object({
  name: z
    .string({ error: 'Enter your name' })
    .trim()
    .min(1, 'Enter your name')
    .max(120, 'A name has at most 120 characters'),
  email,
  password: fresh,
});
export const emailForm = z.object({ email });
export const newPasswordForm = z.object({ password: fresh });
export const changePasswordForm = z.object({
  // who has none yet sends none
  currentPassword: typed.default(''),
  newPassword: fresh,
});
