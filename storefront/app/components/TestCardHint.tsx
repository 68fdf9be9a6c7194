import { useShop } from '../lib/chrome.ts';

/** Where no real card is charged: which number to try. */
export function TestCardHint() {
  if (!useShop()?.isTestMode) return null;
  return (
    <p className="mt-4 rounded-control bg-note-wash p-3 text-sm">
      Test mode: no real card is charged. Use{' '}
      <code className="font-semibold select-all">4242 4242 4242 4242</code> with any date to come and any
      three digits.
    </p>
  );
}
