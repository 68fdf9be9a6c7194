import type { FieldMetadata } from '@conform-to/react';
import { type AddressChoice, NEW_ADDRESS } from '../lib/checkout-account.ts';

/** How many are shown at once; the others are a click away. */
const SHOWN = 3;

interface AddressChoicesProps {
  readonly field: FieldMetadata<string | undefined>;
  readonly choices: readonly AddressChoice[];
}

/** The addresses of the book to choose from, the chosen one first, and a new one. By CSS alone the fields follow the choice. */
export function AddressChoices({ field, choices }: AddressChoicesProps) {
  const chosen = choices.find(({ id }) => id === field.initialValue);
  const inOrder = [...(chosen ? [chosen] : []), ...choices.filter((choice) => choice !== chosen)];
  const rest = inOrder.slice(SHOWN);
  const radio = (choice: AddressChoice) => (
    <Radio
      key={choice.id}
      name={field.name}
      value={choice.id}
      isChosen={choice === chosen}
      title={choice.lines[0] ?? ''}
      text={choice.lines.slice(1).join(', ')}
    />
  );
  return (
    <div key={field.key} className="mb-6 grid gap-2">
      {inOrder.slice(0, SHOWN).map(radio)}
      {rest.length > 0 && (
        <details>
          <summary className="link flex min-h-11 cursor-pointer items-center">
            {rest.length === 1 ? 'One more address' : `${rest.length} more addresses`}
          </summary>
          <div className="mt-2 grid gap-2">{rest.map(radio)}</div>
        </details>
      )}
      <Radio name={field.name} value={NEW_ADDRESS} isChosen={!chosen} title="Another address" text="" />
    </div>
  );
}

interface RadioProps {
  readonly name: string;
  readonly value: string;
  readonly isChosen: boolean;
  readonly title: string;
  readonly text: string;
}

function Radio({ name, value, isChosen, title, text }: RadioProps) {
  return (
    <label className="flex min-h-11 cursor-pointer gap-3 rounded-control border border-line p-3 has-checked:border-ink has-checked:bg-wash">
      <input type="radio" name={name} value={value} defaultChecked={isChosen} className="tick mt-0.5" />
      <span className="min-w-0 break-words">
        <span className="block font-medium">{title}</span>
        {text && <span className="block text-sm text-muted">{text}</span>}
      </span>
    </label>
  );
}
