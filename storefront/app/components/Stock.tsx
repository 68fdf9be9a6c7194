const FEW = 5;

/** Whether it can be bought now, in words and colour. */
export function Stock({ available }: { available: number }) {
  const [tone, text] =
    available === 0
      ? ['bg-line-strong', 'Sold out']
      : available <= FEW
        ? ['bg-accent-deep', `Only ${available} left`]
        : ['bg-good', 'In stock, sent within a day'];
  return (
    <p aria-live="polite" className="flex items-center gap-2 text-sm">
      <span aria-hidden="true" className={`size-2.5 rounded-full ${tone}`} />
      {text}
    </p>
  );
}
