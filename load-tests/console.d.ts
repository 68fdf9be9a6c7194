/** What k6 has of it; its types leave it out, and those of browsers hold much that k6 lacks. */
declare const console: Readonly<Record<'log' | 'warn' | 'error', (line: string) => void>>;
