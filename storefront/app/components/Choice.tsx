import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react';

type TickProps = Omit<ComponentPropsWithoutRef<'input'>, 'checked' | 'defaultChecked'> & {
  readonly isChosen: boolean;
};

/**
 * A checkbox or radio button that answers at once, and follows the page's state when that arrives. A controlled one would
 * jump back until the URL has changed.
 */
export function Tick({ isChosen, ...rest }: TickProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.checked = isChosen;
  }, [isChosen]);
  return <input ref={input} defaultChecked={isChosen} {...rest} />;
}

type PickProps = Omit<ComponentPropsWithoutRef<'select'>, 'value' | 'defaultValue'> & {
  readonly chosen: string;
};

/** A select that answers at once, and follows the page's state when that arrives. */
export function Pick({ chosen, ...rest }: PickProps) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (select.current) select.current.value = chosen;
  }, [chosen]);
  return <select ref={select} defaultValue={chosen} {...rest} />;
}
