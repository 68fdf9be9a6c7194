import { z } from 'zod';
import type { NewPasskeyAnswer, PasskeyAnswer } from './bff-types.ts';

/** A field of a form as text; empty when it is missing. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** What an authenticator said, as a script of ours sent it. Only the bff looks into it. */
export const passkeyAnswer = z.string().transform(parsed).pipe(z.custom<PasskeyAnswer>(isObject));
export const newPasskeyAnswer = z.string().transform(parsed).pipe(z.custom<NewPasskeyAnswer>(isObject));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
