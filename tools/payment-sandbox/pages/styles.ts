import { createHash } from 'node:crypto';

/** The whole style of the pages: inside each page, so that no second request can fail on the way to paying. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f4f3ef; --sheet: #fffefb; --field: #ffffff; --ink: #1d2420; --soft: #59635d; --line: #d9d8d0; --edge: #84897f;
  --accent: #1c5d4a; --accent-ink: #ffffff; --accent-deep: #14473a; --tint: #e9f0ec;
  --note: #fff4d6; --note-ink: #5c4300; --note-line: #ecd591;
  --bad: #a92318; --bad-tint: #fdeeec; --good: #2c7a4b; --ask: #9a6a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131715; --sheet: #1b211e; --field: #131715; --ink: #eceee9; --soft: #a7b0a9; --line: #323a36; --edge: #78827b;
    --accent: #8fd0b6; --accent-ink: #0d211a; --accent-deep: #b0e0cc; --tint: #23302a;
    --note: #352b10; --note-ink: #f4dc9b; --note-line: #5d4b1c;
    --bad: #ff9f94; --bad-tint: #3a1f1c; --good: #79cf98; --ask: #e8bb5a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; background: var(--page); color: var(--ink);
  font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
.banner {
  margin: 0; padding: .6rem 1.25rem; text-align: center; font-size: .9rem;
  background: var(--note); color: var(--note-ink); border-bottom: 1px solid var(--note-line);
}
.frame { max-width: 60rem; margin: 0 auto; padding: 1.25rem 1.25rem 3rem; display: grid; gap: 1.25rem; }
.frame.narrow { max-width: 30rem; padding-top: 2.5rem; }
h1, h2 { margin: 0; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
h1 { font-size: 1.35rem; font-weight: 650; }
h2 { font-size: 1.05rem; font-weight: 650; }
p { margin: 0; }
a { color: var(--accent); text-underline-offset: .2em; }
.soft { color: var(--soft); font-size: .925rem; }
.back { display: inline-flex; align-items: center; gap: .45rem; min-height: 2.75rem; font-weight: 550; text-decoration: none; }
.back:hover { text-decoration: underline; }
.order { display: grid; gap: 1rem; }
.merchant { font-weight: 600; color: var(--soft); display: flex; align-items: center; gap: .6rem; }
.initial { width: 2rem; height: 2rem; border-radius: .55rem; background: var(--accent); color: var(--accent-ink); display: grid; place-items: center; font-weight: 680; }
.amount { font-size: clamp(2.25rem, 9vw, 3rem); font-weight: 680; line-height: 1.1; letter-spacing: -.025em; font-variant-numeric: tabular-nums; margin: .5rem 0 .4rem; }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem; display: grid; gap: 1.15rem; align-content: start; }
form { display: grid; gap: 1.15rem; margin: 0; }
.pair { display: grid; gap: 1.15rem; grid-template-columns: 1fr 1fr; align-items: end; }
.field { display: grid; gap: .35rem; }
label { font-weight: 550; font-size: .95rem; }
.hint { color: var(--soft); font-size: .85rem; }
input {
  width: 100%; min-width: 0; min-height: 3rem; padding: .65rem .85rem; font: inherit; font-variant-numeric: tabular-nums;
  color: var(--ink); background: var(--field); border: 1px solid var(--edge); border-radius: .55rem;
}
input[aria-invalid=true] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.heading { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .6rem; }
.brands { display: flex; gap: .35rem; list-style: none; margin: 0; padding: 0; }
.brands li { font-size: .75rem; font-weight: 600; padding: .1rem .45rem; color: var(--soft); border: 1px solid var(--line); border-radius: .35rem; }
.error { color: var(--bad); font-size: .9rem; font-weight: 550; }
.summary { background: var(--bad-tint); border: 1px solid var(--bad); border-radius: .6rem; padding: .9rem 1rem; }
.summary h2 { color: var(--bad); }
.summary ul { margin: .4rem 0 0; padding-left: 1.15rem; }
.summary a { color: inherit; }
button { font: inherit; color: inherit; cursor: pointer; touch-action: manipulation; }
.primary, .plain { display: block; width: 100%; min-height: 3.1rem; padding: .7rem 1.2rem; border-radius: .6rem; font-weight: 620; text-align: center; text-decoration: none; }
.primary { background: var(--accent); color: var(--accent-ink); border: 1px solid var(--accent); }
.primary:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
.plain { background: transparent; border: 1px solid var(--edge); color: var(--ink); }
.plain:hover { background: var(--tint); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.summary:focus { outline: 3px solid var(--bad); outline-offset: 2px; }
.assurance { display: flex; gap: .6rem; align-items: flex-start; }
.assurance svg { flex: none; margin-top: .18rem; }
.tests { border-top: 1px solid var(--line); padding-top: 1.15rem; display: grid; gap: .8rem; }
.tests ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
.tests button {
  width: 100%; height: 100%; min-height: 3.1rem; display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; align-items: center;
  text-align: left; padding: .55rem .85rem; background: transparent; border: 1px solid var(--line); border-radius: .55rem;
}
.tests button:hover { background: var(--tint); border-color: var(--edge); }
.tests .effect { font-weight: 550; font-size: .95rem; line-height: 1.3; }
.tests .number { grid-column: 2; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; letter-spacing: .02em; }
.mark { grid-row: 1 / span 2; width: .65rem; height: .65rem; border-radius: 50%; background: var(--good); }
.mark.declined { background: var(--bad); border-radius: .12rem; }
.mark.asks { background: var(--ask); border-radius: 50% 50% 50% 0; transform: rotate(-45deg); }
.ways { border-top: 1px solid var(--line); padding-top: 1.15rem; display: grid; gap: .8rem; }
.ways:first-child { border-top: 0; padding-top: 0; }
.ways ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .7rem; }
.ways li { display: grid; gap: .25rem; }
.tick { display: flex; align-items: center; gap: .6rem; min-height: 2.75rem; }
.tick input { width: 1.25rem; min-height: 1.25rem; }
dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: .45rem 1.25rem; }
dt { color: var(--soft); }
dd { margin: 0; text-align: right; font-weight: 550; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: .85rem; }
@media (min-width: 52rem) {
  .frame.wide { grid-template-columns: 19rem minmax(0, 1fr); gap: 3.5rem; padding-top: 3rem; }
  .frame.wide .order { position: sticky; top: 2.5rem; align-self: start; gap: 1.25rem; }
  .frame.wide footer { grid-column: 2; }
  .sheet { padding: 1.9rem; }
  .tests ul { grid-template-columns: 1fr 1fr; }
}
@media (forced-colors: active) { .mark { forced-color-adjust: none; } }
`;

/** The source expression that lets exactly this style through the content security policy. */
export const stylesSource = `'sha256-${createHash('sha256').update(styles).digest('base64')}'`;
