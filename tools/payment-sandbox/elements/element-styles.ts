/** The style of the card form. What the shop may change is a variable. */
export const elementStyles = `
:root {
  color-scheme: light;
  --accent: #1c5d4a; --field: #ffffff; --ink: #1d2420; --soft: #59635d; --placeholder: #6b746f; --line: #c9ccc5; --bad: #a92318;
  --radius: 8px; --size: 16px; --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
:root[data-theme=night] {
  color-scheme: dark;
  --accent: #8fd0b6; --field: #131715; --ink: #eceee9; --soft: #a7b0a9; --placeholder: #98a29b; --line: #4a544e; --bad: #ff9f94;
}
* { box-sizing: border-box; }
html { font-size: var(--size); -webkit-text-size-adjust: 100%; background: transparent; }
body { margin: 0; color: var(--ink); font: 400 1rem/1.5 var(--font); background: transparent; overflow: hidden; }
form { display: grid; gap: .9rem; padding: 4px; }
[hidden] { display: none !important; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
#way-list { border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; background: var(--field); }
.way + .way { border-top: 1px solid var(--line); }
.way > label { display: flex; align-items: center; gap: .7rem; min-height: 3rem; padding: .5rem .9rem; font-weight: 500; cursor: pointer; }
.way #card { padding: .2rem .9rem 1rem; }
input[type=radio], input[type=checkbox] { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); flex: none; }
#card { display: grid; gap: .9rem; }
.row { display: grid; gap: .3rem; align-content: start; }
.pair { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); }
.row > label { font-size: .92rem; font-weight: 500; }
input[type=text], select {
  width: 100%; min-width: 0; min-height: 2.9rem; padding: .55rem .8rem; font: inherit; font-variant-numeric: tabular-nums; color: var(--ink);
  background: var(--field); border: 1px solid var(--line); border-radius: var(--radius);
}
input::placeholder { color: var(--placeholder); opacity: 1; }
input[aria-invalid=true] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.box { position: relative; }
#brand { position: absolute; right: .8rem; top: 50%; transform: translateY(-50%); font-size: .8rem; font-weight: 600; color: var(--soft); pointer-events: none; }
.error { margin: 0; color: var(--bad); font-size: .88rem; }
.soft { margin: 0; color: var(--soft); font-size: .92rem; }
#save-row { display: flex; align-items: center; gap: .7rem; min-height: 2.5rem; cursor: pointer; }
details { font-size: .88rem; color: var(--soft); }
summary { cursor: pointer; min-height: 1.6rem; }
details ul { list-style: none; margin: .4rem 0 0; padding: 0; display: grid; gap: .35rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); }
details button {
  width: 100%; min-height: 2.4rem; font: inherit; color: var(--ink); text-align: left; padding: .3rem .6rem; cursor: pointer;
  background: transparent; border: 1px solid var(--line); border-radius: var(--radius);
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
`;
