import { Link } from '@remix-run/react';
import { useHydrated } from '../lib/hydrated.ts';

/** Recovery codes, just made: to keep now, as nobody can show them again. */
export function RecoveryCodes({ codes, shopName }: { codes: readonly string[]; shopName: string }) {
  const isHydrated = useHydrated();
  const text = [`Recovery codes for ${shopName}. Each works once.`, '', ...codes, ''].join('\r\n');
  return (
    <section aria-labelledby="recovery-codes" className="mt-8 rounded-picture border border-line p-6">
      <h2 id="recovery-codes" className="text-2xl">
        Your recovery codes
      </h2>
      <p className="mt-2 max-w-prose">
        Keep them where you can find them without your phone: on paper, or in a password manager. Each logs
        you in once in place of your second factor. <strong>We cannot show them again.</strong>
      </p>
      <ol className="mt-4 grid gap-x-8 gap-y-2 font-mono text-lg sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="rounded-control bg-wash px-3 py-2">
            {code}
          </li>
        ))}
      </ol>
      <p className="mt-6 flex flex-wrap gap-3 print:hidden">
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="recovery-codes.txt"
          className="button button-quiet"
        >
          Download as text
        </a>
        {isHydrated && (
          <button type="button" className="button button-quiet" onClick={() => window.print()}>
            Print
          </button>
        )}
        <Link to="/account/security" className="button">
          I have kept them
        </Link>
      </p>
    </section>
  );
}
