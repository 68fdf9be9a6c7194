const paths = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20 20',
  bag: 'M6 8h12l1 12H5L6 8zM9 10V7a3 3 0 0 1 6 0v3',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  chevron: 'm6 9 6 6 6-6',
  next: 'm9 6 6 6-6 6',
  back: 'm15 6-6 6 6 6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  alert: 'M12 7.5v5.5M12 16.5v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  parcel: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  returns: 'M4 9h11a5 5 0 0 1 0 10H8M8 5 4 9l4 4',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  heart:
    'M12 20S4 15 4 9.3C4 6.9 5.8 5 8.1 5c1.6 0 3 .9 3.9 2.4C12.9 5.9 14.3 5 15.9 5 18.2 5 20 6.9 20 9.3 20 15 12 20 12 20z',
  device: 'M4 5h16v11H4zM9 20h6M12 16v4',
  key: 'M14.5 4a5 5 0 1 1-1.9 9.6L4 20v-3.5h3V14h2.5l1.6-1.6A5 5 0 0 1 14.5 4zM16 8v.01',
  eye: 'M3 12c2.2-4.2 5.2-6.3 9-6.3s6.8 2.1 9 6.3c-2.2 4.2-5.2 6.3-9 6.3S5.2 16.2 3 12zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  bank: 'M3 9l9-5 9 5M5 10v8M10 10v8M14 10v8M19 10v8M3 20h18',
  mail: 'M3 6h18v12H3zM3 7l9 6 9-6',
  card: 'M3 6h18v12H3zM3 10h18M6.5 14.5h4',
  cash: 'M3 7h18v10H3zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM6 10v4M18 10v4',
  filter: 'M4 7h16M7 12h10M10 17h4',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing beside words; never alone without a name for it. */
export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`flex-none ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
