/** The shop's mark: a market awning over a counter; and its name beside it. */
export function Logo({ name }: { name: string }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <svg viewBox="0 0 36 36" className="size-9 flex-none" aria-hidden="true" focusable="false">
        <rect width="36" height="36" rx="9" className="fill-accent" />
        <path d="M9 7h18l3 9a4 4 0 0 1-8 0 4 4 0 0 1-8 0 4 4 0 0 1-8 0z" className="fill-on-accent" />
        <path
          d="M9.5 23v6.5M26.5 23v6.5M7 24.5h22"
          className="stroke-on-accent"
          strokeWidth="2.5"
          strokeLinecap="round"
        />
      </svg>
      <span className="-mt-1 font-display text-[1.75rem] leading-none font-extrabold tracking-tight lowercase">
        {name}
      </span>
    </span>
  );
}
