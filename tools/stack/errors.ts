/** A failure whose message is all that a developer needs: commands print it without a stack trace. */
export class StackError extends Error {
  override name = 'StackError';
}

/** The text of anything thrown. Some network errors have an empty message and only a code. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return messageOf(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
