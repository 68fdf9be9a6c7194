import { Link } from '@remix-run/react';
import { useShop } from '../lib/chrome.ts';

interface TaxNoteProps {
  /** Which prices are meant, where none stands right before it. */
  readonly of?: string;
  readonly className?: string;
}

/** What shoppers must be told beside prices that include tax; nothing where tax comes on top at checkout, as everybody expects there. */
export function TaxNote({ of, className = '' }: TaxNoteProps) {
  if (!useShop()?.region?.pricesIncludeTax) return null;
  return (
    <span className={`text-sm text-muted ${className}`}>
      {of && `${of} `}incl. VAT, plus{' '}
      <Link to="/help/delivery" className="link">
        delivery
      </Link>
    </span>
  );
}
