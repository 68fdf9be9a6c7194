import { forwardRef } from 'react';
import { type AddressDoubt, comparedLines } from '../lib/address-check.ts';
import type { Address } from '../lib/bff-types.ts';

interface AddressSuggestionProps {
  readonly doubt: AddressDoubt;
  /** The id of the field to go to for changing it by hand. */
  readonly changeId: string;
}

/** Asks whether an address is right, within the form that it was typed into: whoever insists goes on with theirs. */
export const AddressSuggestion = forwardRef<HTMLElement, AddressSuggestionProps>(function AddressSuggestion(
  { doubt: { typed, suggestion, reasons, asked }, changeId },
  ref,
) {
  return (
    <section
      ref={ref}
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without scripts nothing else leads to what was asked
      autoFocus
      aria-labelledby="address-doubt"
      className="mb-6 rounded-control border-l-4 border-accent-deep bg-note-wash p-4 outline-none"
    >
      <h2 id="address-doubt" className="text-lg">
        {suggestion ? 'Did you mean this address?' : 'Is this address right?'}
      </h2>
      <p className="mt-1">{reasons.join(' ')}</p>
      <input type="hidden" name="askedAddress" value={asked} />
      <div className={`mt-4 grid gap-4 ${suggestion ? 'sm:grid-cols-2' : ''}`}>
        {suggestion && (
          <Choice title="We suggest" address={suggestion} other={typed} answer="suggested" isMain>
            Use this address
          </Choice>
        )}
        <Choice title="You typed" address={typed} other={suggestion ?? typed} answer="typed">
          Keep what I typed
        </Choice>
      </div>
      <p className="mt-3">
        <a href={`#${changeId}`} className="link inline-flex min-h-11 items-center text-sm">
          Change it by hand
        </a>
      </p>
    </section>
  );
});

interface ChoiceProps {
  readonly title: string;
  readonly address: Address;
  readonly other: Address;
  readonly answer: 'suggested' | 'typed';
  readonly isMain?: boolean;
  readonly children: string;
}

function Choice({ title, address, other, answer, isMain = false, children }: ChoiceProps) {
  return (
    <div className="flex min-w-0 flex-col gap-3 rounded-control border border-line-strong bg-ground p-4">
      <div className="grow">
        <p className="text-sm text-muted">{title}</p>
        <address className="leading-relaxed break-words not-italic">
          {comparedLines(address, other).map(({ text, isChanged }) => (
            <span key={text} className={`block ${isChanged ? 'font-semibold' : ''}`}>
              {text}
            </span>
          ))}
        </address>
      </div>
      <button
        type="submit"
        name="addressAnswer"
        value={answer}
        className={`button button-small ${isMain ? '' : 'button-quiet'}`}
      >
        {children}
      </button>
    </div>
  );
}
