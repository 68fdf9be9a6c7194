import { useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/** After going to another page, moves focus to its content, as a full load would. */
export function useFocusOnNavigation(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.getElementById('main')?.focus({ preventScroll: true });
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

/** Tells whether a form shows errors: Conform collects them a moment after the answer has come. */
export function hasErrors(allErrors: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.keys(allErrors).length > 0;
}
