import type { ComponentPropsWithoutRef } from 'react';

interface SimpleFieldProps extends Omit<ComponentPropsWithoutRef<'input'>, 'className'> {
  readonly id: string;
  readonly label: string;
  readonly error: string | null;
}

/** The one field of a small form, with its error beneath. */
export function SimpleField({ id, label, error, ...input }: SimpleFieldProps) {
  return (
    <div className="min-w-0 grow">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        type="text"
        {...input}
        {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {})}
        className="field mt-1"
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sale">
          {error}
        </p>
      )}
    </div>
  );
}
