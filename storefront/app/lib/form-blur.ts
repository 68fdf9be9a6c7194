import { type FocusEvent, useEffect, useRef } from 'react';

/** A press that moves the focus ends within this time, or it is none. */
const PRESS_MS = 400;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (element: EventTarget | null): element is Control =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;

/**
 * Checks a field when somebody leaves it: what was typed, and what was passed over on the way to another field. Never while they type for
 * the first time. A message that appears moves what is below it, so while a button is being pressed it waits until that was released.
 *
 * @param check of one field, by its name
 * @returns the `onBlur` of the form
 */
export function useCheckOnBlur(check: (name: string) => void): (event: FocusEvent<HTMLFormElement>) => void {
  const pressing = useRef(false);
  useEffect(() => {
    const press = () => {
      pressing.current = true;
    };
    const release = () => {
      pressing.current = false;
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('pointerup', release, true);
    document.addEventListener('pointercancel', release, true);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('pointerup', release, true);
      document.removeEventListener('pointercancel', release, true);
    };
  }, []);
  return ({ target, relatedTarget }) => {
    if (!isControl(target) || target.name === '' || /^(checkbox|radio|hidden)$/.test(target.type)) return;
    const wasPassedOver = isControl(relatedTarget) && relatedTarget.form === target.form;
    if (target.value === '' && !(target.required && wasPassedOver)) return;
    const { name, form } = target;
    const run = () => {
      // a form that is on its way tells for itself
      if (form?.isConnected) check(name);
    };
    if (!pressing.current) return run();
    const timer = setTimeout(settle, PRESS_MS);
    document.addEventListener('pointerup', settle, { once: true });
    function settle() {
      clearTimeout(timer);
      document.removeEventListener('pointerup', settle);
      // after the click that follows
      setTimeout(run, 0);
    }
  };
}
