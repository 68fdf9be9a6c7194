import type { CSSProperties } from 'react';

/** The shop's look, as far as mail programs follow: the colours of the storefront's tokens.css, and fonts that everybody has. */
const colours = {
  ground: '#f2f3ef',
  card: '#ffffff',
  ink: '#16181b',
  muted: '#5b6067',
  line: '#d9dbd4',
  accent: '#ffc72c',
  onAccent: '#16181b',
  action: '#16181b',
  onAction: '#ffffff',
} as const;

const font = '"Helvetica Neue", Helvetica, Arial, sans-serif';

/** Styles are inline, as mail programs drop the others; class names are for those that know dark. */
export const look = {
  page: { margin: 0 },
  ground: { padding: '24px 0', backgroundColor: colours.ground, fontFamily: font },
  card: { width: '100%', maxWidth: '600px', margin: '0 auto', backgroundColor: colours.card },
  awning: { backgroundColor: colours.accent, padding: '24px 40px 12px' },
  shopName: {
    margin: 0,
    color: colours.onAccent,
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: 800,
    letterSpacing: '-0.02em',
    textDecoration: 'none',
  },
  scallops: { width: '100%', borderCollapse: 'separate', borderSpacing: 0, tableLayout: 'fixed' },
  scallop: {
    height: '20px',
    padding: 0,
    fontSize: '1px',
    lineHeight: '1px',
    backgroundColor: colours.accent,
    borderRadius: '0 0 50% 50%',
  },
  body: { padding: '28px 40px 16px' },
  heading: {
    margin: '0 0 20px',
    color: colours.ink,
    fontSize: '30px',
    lineHeight: '36px',
    fontWeight: 700,
    letterSpacing: '-0.02em',
  },
  paragraph: { margin: '0 0 16px', color: colours.ink, fontSize: '16px', lineHeight: '25px' },
  quiet: { margin: '0 0 4px', color: colours.muted, fontSize: '14px', lineHeight: '21px' },
  buttonPlace: { padding: '12px 0 20px' },
  button: {
    padding: '15px 28px',
    borderRadius: '999px',
    backgroundColor: colours.action,
    color: colours.onAction,
    fontSize: '17px',
    lineHeight: '22px',
    fontWeight: 600,
    textAlign: 'center',
  },
  link: { color: colours.ink, textDecoration: 'underline', wordBreak: 'break-word' },
  address: {
    color: colours.muted,
    fontSize: '14px',
    lineHeight: '21px',
    textDecoration: 'underline',
    wordBreak: 'break-all',
  },
  table: { width: '100%', margin: '8px 0 20px', borderCollapse: 'collapse' },
  cell: {
    padding: '10px 12px 10px 0',
    borderBottom: `1px solid ${colours.line}`,
    color: colours.ink,
    fontSize: '16px',
    lineHeight: '23px',
    textAlign: 'left',
    verticalAlign: 'top',
    fontWeight: 400,
    wordBreak: 'break-word',
  },
  narrow: { width: '1%', whiteSpace: 'nowrap' },
  amount: { paddingRight: 0, textAlign: 'right', whiteSpace: 'nowrap' },
  sum: { padding: '6px 12px 0 0', borderBottom: 'none' },
  total: { paddingTop: '12px', fontWeight: 700, fontSize: '18px' },
  muted: { color: colours.muted },
  foot: { padding: '20px 40px 28px', borderTop: `1px solid ${colours.line}` },
} as const satisfies Record<string, CSSProperties>;

/** For programs that know dark and small screens; what they lack is legible without. */
export const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { background-color: #f2f3ef; }
@media (prefers-color-scheme: dark) {
  body { background-color: #121416 !important; }
  .ground { background-color: #121416 !important; }
  .card { background-color: #1d2023 !important; }
  .ink { color: #f3f3ef !important; }
  .muted { color: #a9aeb4 !important; }
  .line { border-color: #363b40 !important; }
  .button { background-color: #ffc72c !important; color: #16181b !important; }
}
@media (max-width: 480px) {
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .heading { font-size: 26px !important; line-height: 32px !important; }
  .button { display: block !important; }
}
`;
