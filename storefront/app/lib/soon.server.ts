import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What is there within a moment is given as it is, so that it stands in the page even without scripts; what takes longer is
 * given as a promise, for the page to stream. A failure is an empty answer: this is for what a page can do without.
 */
export async function soon<Value, Otherwise>(
  asked: Promise<Value>,
  otherwise: Otherwise,
  withinMs = 150,
): Promise<{ value: Value | Otherwise | Promise<Value | Otherwise> }> {
  const safe = asked.catch(() => otherwise);
  const late = Symbol('late');
  const first = await Promise.race([safe, sleep(withinMs, late)]);
  return { value: first === late ? safe : first };
}
