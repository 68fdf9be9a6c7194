import type { NewPasskeyQuestion, PasskeyQuestion } from './bff-types.ts';

/** Somebody turned their browser's question away, or it was called off. */
export function isTurnedAway(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** What the shop wants a browser's passkeys to be asked. @throws Error when it cannot be had */
export async function askForLogin(purpose: 'login' | 'second-step'): Promise<PasskeyQuestion> {
  const response = await fetch('/login/passkey', {
    method: 'POST',
    body: new URLSearchParams({ intent: 'ask', purpose }),
  });
  if (!response.ok) throw new Error(`the shop answered ${response.status}`);
  return response.json();
}

/** What a new passkey is made by; or why not now, or where to log in again first. */
export type NewPasskey =
  | { readonly options: NewPasskeyQuestion; readonly token: string }
  | { readonly problem: string }
  | { readonly goTo: string };

/** What the shop wants a new passkey to be made by. */
export async function askForNewPasskey(): Promise<NewPasskey> {
  const response = await fetch('/account/security/passkeys/new', { method: 'POST' });
  return response.json();
}
