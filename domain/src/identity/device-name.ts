import Bowser from 'bowser';

const MAX_USER_AGENT = 400;

/** What somebody calls their device: "Firefox on Windows". Of an app that names itself, its first word; empty when nothing is known. */
export function deviceName(userAgent: string): string {
  if (userAgent === '') return '';
  const { browser, os } = Bowser.parse(userAgent.slice(0, MAX_USER_AGENT));
  if (browser.name) return os.name ? `${browser.name} on ${os.name}` : browser.name;
  return (userAgent.split(/[/\s(]/, 1)[0] ?? '').slice(0, 40);
}
