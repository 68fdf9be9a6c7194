/** The shop's mark: a market awning, three stripes with scalloped ends; and its name beside it. */
export function Logo({ name }: { name: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg viewBox="0 0 36 36" className="size-9 flex-none" aria-hidden="true" focusable="false">
        <rect width="36" height="36" rx="9" className="fill-accent" />
        <path d="M6 9h24v10a4 4 0 0 1-8 0 4 4 0 0 1-8 0 4 4 0 0 1-8 0z" className="fill-on-accent" />
        <path d="M14 9h8v10a4 4 0 0 1-8 0z" className="fill-accent" />
        <path
          d="M8.5 24.5V29h19v-4.5"
          className="stroke-on-accent"
          fill="none"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="font-display text-[1.75rem] leading-none font-extrabold tracking-tight lowercase">
        {name}
      </span>
    </span>
  );
}
