import { useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/** After going to another page, moves focus to its heading where that can take it, else to its content, as a full load would. */
export function useFocusOnNavigation(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const main = document.getElementById('main');
    (main?.querySelector<HTMLElement>('h1[tabindex="-1"]') ?? main)?.focus({ preventScroll: true });
  }, [pathname]);
}

/** Moves focus to an element whenever `signal` changes to something: for summaries of errors. */
export function useFocusOn<Target extends HTMLElement>(signal: unknown) {
  const target = useRef<Target>(null);
  useEffect(() => {
    if (signal) target.current?.focus();
  }, [signal]);
  return target;
}

/**
 * Moves focus to the summary of a form's mistakes once after each answer of the server: Conform shows them a moment after the answer has
 * come. Not again while somebody types: mistakes that come and go must not take the focus from the field.
 */
export function useFocusOnMistakes<Target extends HTMLElement>(
  allErrors: Readonly<Record<string, readonly string[]>>,
  result: unknown,
) {
  const target = useRef<Target>(null);
  const told = useRef<unknown>(null);
  const hasErrors = Object.keys(allErrors).length > 0;
  useEffect(() => {
    if (!result || !hasErrors || told.current === result) return;
    told.current = result;
    target.current?.focus();
  }, [result, hasErrors]);
  return target;
}
