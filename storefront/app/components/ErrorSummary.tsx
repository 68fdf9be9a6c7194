import { forwardRef } from 'react';

interface ErrorSummaryProps {
  /** Names of fields to their messages, as Conform collects them; the empty name is the form's own. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly formId: string;
  /** What to say before the messages of a group of fields, by the name of the group. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** All that is wrong in a form, each with a link to its field. */
export const ErrorSummary = forwardRef<HTMLDivElement, ErrorSummaryProps>(function ErrorSummary(
  { errors, formId, groups = {} },
  ref,
) {
  const entries = Object.entries(errors).flatMap(([name, messages]) =>
    messages[0] ? [{ name, message: `${groups[name.split('.', 1)[0] ?? ''] ?? ''}${messages[0]}` }] : [],
  );
  if (entries.length === 0) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without scripts nothing else leads to it
      autoFocus
      role="alert"
      aria-labelledby={`${formId}-summary`}
      className="mb-6 rounded-control border-l-4 border-sale bg-alert-wash p-4"
    >
      <h2 id={`${formId}-summary`} className="text-lg">
        {entries.length === 1 ? 'One thing to mend' : `${entries.length} things to mend`}
      </h2>
      <ul className="mt-2 list-disc pl-5">
        {entries.map(({ name, message }) => (
          <li key={name}>
            {name === '' ? (
              message
            ) : (
              <a
                href={`#${formId}-${name}`}
                className="inline-flex min-h-8 items-center underline underline-offset-2"
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
});
