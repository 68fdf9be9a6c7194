import type { Order } from '../lib/bff-types.ts';
import { Icon } from './Icon.tsx';

/** Invoice, receipt and credit notes to download. Plain links: the browser fetches files by itself. */
export function OrderDocuments({ order, query }: { order: Order; query: string }) {
  const { documents, payment, number } = order;
  const hasReceipt = payment.paidAt !== null || payment.paid.amount > 0;
  if (documents.length === 0 && !hasReceipt) return null;
  const page = `/orders/${number}`;
  return (
    <section aria-labelledby="documents" className="border-t border-line pt-8 print:hidden">
      <h2 id="documents" className="text-lg">
        Papers
      </h2>
      <ul className="mt-3 grid gap-1">
        {documents.map((document) => (
          <Paper
            key={document.number}
            to={
              document.kind === 'invoice'
                ? `${page}/invoice.pdf${query}`
                : `${page}/credit-note.pdf${withParameter(query, 'document', document.number)}`
            }
            title={document.kind === 'invoice' ? 'Invoice' : 'Credit note'}
            detail={document.number}
          />
        ))}
        {hasReceipt && <Paper to={`${page}/receipt.pdf${query}`} title="Receipt" detail={number} />}
      </ul>
    </section>
  );
}

function Paper({ to, title, detail }: { to: string; title: string; detail: string }) {
  return (
    <li>
      <a href={to} className="link inline-flex min-h-11 items-center gap-2">
        <Icon name="document" />
        {title} <span className="text-muted">{detail} (PDF)</span>
      </a>
    </li>
  );
}

function withParameter(query: string, name: string, value: string): string {
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `?${parameters}`;
}
