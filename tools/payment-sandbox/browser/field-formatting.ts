import { brandName, brandOf, digitsOf, formatExpiry, formatNumber } from './card-input.ts';
import { view } from './frame-view.ts';

/** Formats while typing, and keeps the cursor at the digit where it was. */
function formatKept(input: HTMLInputElement, format: (text: string) => string): void {
  const digitsBefore = digitsOf(input.value.slice(0, input.selectionStart ?? undefined)).length;
  const isAtEnd = input.selectionStart === input.value.length;
  input.value = format(input.value);
  if (isAtEnd) return;
  let at = 0;
  for (let digits = 0; at < input.value.length && digits < digitsBefore; at += 1) {
    if (/\d/.test(input.value.charAt(at))) digits += 1;
  }
  input.setSelectionRange(at, at);
}

/** The brand beside the number, and how long its security code is. */
export function followNumber(): void {
  const brand = brandOf(digitsOf(view.number.value));
  view.brand.textContent = brand === undefined ? '' : brandName(brand);
  view.cvc.maxLength = brand === 'amex' ? 4 : 3;
}

export function formatWhileTyping(): void {
  view.number.addEventListener('input', () => {
    formatKept(view.number, formatNumber);
    followNumber();
  });
  view.expiry.addEventListener('input', (event) => {
    const isDeleting = event instanceof InputEvent && event.inputType.startsWith('delete');
    formatKept(view.expiry, (text) => formatExpiry(text, isDeleting));
  });
  view.cvc.addEventListener('input', () => {
    view.cvc.value = digitsOf(view.cvc.value);
  });
}
