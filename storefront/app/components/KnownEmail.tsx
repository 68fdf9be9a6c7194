/**
 * Whose password a form is about, where nobody has to type it: password managers look for it, and put the new password where the old
 * one is.
 */
export function KnownEmail({ email }: { email: string }) {
  return (
    <input
      type="email"
      name="username"
      value={email}
      autoComplete="username"
      readOnly
      hidden
      aria-hidden="true"
      tabIndex={-1}
    />
  );
}
