import type { NewPasskeyQuestion, PasskeyQuestion } from './bff-types.ts';

/** Somebody turned their browser's question away, or it was called off: nothing to be told of twice. */
export function isTurnedAway(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** What the shop wants the authenticators to be asked. @throws when it cannot be had */
export async function askShop(path: string, fields: Record<string, string>): Promise<Response> {
  return fetch(path, { method: 'POST', body: new URLSearchParams({ intent: 'ask', ...fields }) });
}

/** As the library types it; it is handed on unseen. */
export async function questionIn(response: Response): Promise<PasskeyQuestion> {
  return response.json();
}

export async function newQuestionIn(response: Response): Promise<NewPasskeyQuestion> {
  return response.json();
}
