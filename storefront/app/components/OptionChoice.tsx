import type { Product } from '../lib/bff-types.ts';
import { type Choice, standingOf } from '../lib/product-choice.ts';
import { Tick } from './Choice.tsx';

interface OptionChoiceProps {
  readonly param: string;
  readonly option: Product['options'][number];
  readonly product: Product;
  readonly current: Choice;
  onChoose(value: string): void;
}

const notes = { 'in-stock': '', 'sold-out': ', sold out', none: ', not made in this combination' };

/** The values of one option, as radio buttons; those that cannot be bought as things stand are marked. */
export function OptionChoice({ param, option, product, current, onChoose }: OptionChoiceProps) {
  const chosen = current[option.name];
  const hasSwatches = option.values.some((value) => value.swatch !== null);
  return (
    <fieldset>
      <legend className="mb-2">
        <span className="font-semibold">{option.name}</span>
        {chosen && <span className="text-muted">: {chosen}</span>}
      </legend>
      <div className="flex flex-wrap gap-2">
        {option.values.map(({ value, swatch }) => {
          const standing = standingOf(product, current, option.name, value);
          const isMissing = standing !== 'in-stock';
          return (
            <label
              key={value}
              htmlFor={`${param}-${value}`}
              className={`relative inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 border border-line-strong px-3 has-checked:border-ink has-checked:bg-wash has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus hover:border-ink ${hasSwatches ? 'rounded-full' : 'rounded-control'} ${isMissing ? 'border-dashed text-muted' : ''}`}
            >
              <Tick
                id={`${param}-${value}`}
                type="radio"
                className="sr-only"
                name={param}
                value={value}
                isChosen={value === chosen}
                onChange={() => onChoose(value)}
              />
              {swatch && (
                <span
                  aria-hidden="true"
                  className="size-6 rounded-full border border-line-strong/60"
                  style={{ background: swatch }}
                />
              )}
              <span className={isMissing ? 'line-through' : ''}>{value}</span>
              <span className="sr-only">{notes[standing]}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
