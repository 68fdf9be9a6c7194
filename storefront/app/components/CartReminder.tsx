import type { FieldMetadata } from '@conform-to/react';

/** Asks at the checkout whether a mail with a link to the cart is wanted: unticked, as consent is given and not taken. */
export function CartReminder({ field }: { field: FieldMetadata<'on' | undefined> }) {
  return (
    <label htmlFor={field.id} className="mt-3 flex min-h-11 items-center gap-3">
      <input
        id={field.id}
        key={field.key}
        type="checkbox"
        name={field.name}
        className="tick"
        defaultChecked={field.initialValue === 'on'}
      />
      Mail me a link to my cart, once, if I leave before I order
    </label>
  );
}
