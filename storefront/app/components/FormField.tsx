import type { FieldMetadata } from '@conform-to/react';
import type { ComponentPropsWithoutRef, ReactNode } from 'react';

interface Labelled {
  readonly field: FieldMetadata<unknown>;
  readonly label: string;
  readonly hint?: string;
  /** Said where a field may stay empty. */
  readonly isOptional?: boolean;
  readonly className?: string;
}

type TextFieldProps = Labelled & Omit<ComponentPropsWithoutRef<'input'>, 'className'>;

/** A labelled input with its error beside it; what was typed is kept. */
export function TextField({ field, label, hint, isOptional = false, className, ...input }: TextFieldProps) {
  return (
    <Frame
      field={field}
      label={label}
      isOptional={isOptional}
      {...(hint ? { hint } : {})}
      {...(className ? { className } : {})}
    >
      <input
        key={field.key}
        type="text"
        {...input}
        {...controlProps(field, hint, isOptional)}
        defaultValue={initialText(field)}
        className="field mt-1"
      />
    </Frame>
  );
}

type SelectFieldProps = Labelled & Omit<ComponentPropsWithoutRef<'select'>, 'className'>;

/** A labelled select with its error beside it. */
export function SelectField({
  field,
  label,
  hint,
  isOptional = false,
  className,
  ...select
}: SelectFieldProps) {
  return (
    <Frame
      field={field}
      label={label}
      isOptional={isOptional}
      {...(hint ? { hint } : {})}
      {...(className ? { className } : {})}
    >
      <select
        key={field.key}
        {...select}
        {...controlProps(field, hint, isOptional)}
        defaultValue={initialText(field)}
        className="field mt-1"
      />
    </Frame>
  );
}

function initialText(field: FieldMetadata<unknown>): string {
  return typeof field.initialValue === 'string' ? field.initialValue : '';
}

function controlProps(field: FieldMetadata<unknown>, hint: string | undefined, isOptional: boolean) {
  const described = [...(field.errors ? [field.errorId] : []), ...(hint ? [field.descriptionId] : [])];
  return {
    id: field.id,
    name: field.name,
    ...(isOptional ? {} : { required: true }),
    ...(field.errors ? { 'aria-invalid': true } : {}),
    ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
  };
}

function Frame({
  field,
  label,
  hint,
  isOptional,
  className = '',
  children,
}: Labelled & { children: ReactNode }) {
  return (
    <div className={className}>
      <label htmlFor={field.id} className="font-medium">
        {label}
        {isOptional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {hint && (
        <p id={field.descriptionId} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children}
      {field.errors && (
        <p id={field.errorId} className="mt-1 text-sale">
          {field.errors[0]}
        </p>
      )}
    </div>
  );
}
