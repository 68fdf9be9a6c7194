import { encodeForm } from './form-encoding.ts';
import type { ElementError } from './protocol.ts';

/** One call of the API with the publishable key. A refusal is an answer; so is a connection that failed. */
export async function askApi<T extends object = Record<string, unknown>>(
  origin: string,
  key: string,
  method: 'GET' | 'POST',
  path: string,
  parameters: object,
): Promise<{ error: ElementError } | { value: T }> {
  const form = encodeForm(parameters);
  try {
    const answer = await fetch(`${origin}/v1/${path}${method === 'GET' ? `?${form}` : ''}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(method === 'POST' && { body: form }),
      credentials: 'omit',
      cache: 'no-store',
    });
    const body = await answer.json();
    return answer.ok ? { value: body } : { error: body.error };
  } catch {
    return {
      error: { type: 'api_connection_error', message: 'We could not reach the payment provider. Try again.' },
    };
  }
}
