import { clearCookie, readCookie, setCookie } from './cookies.server.ts';

/** Binds a dance with a provider to this browser, while it lasts. */
const DANCE = { name: 'souk_oauth', maxAgeSeconds: 10 * 60 };
/** Names a connection that waits for a yes. */
const LINK = { name: 'souk_oauth_link', maxAgeSeconds: 30 * 60 };

export const readDance = (request: Request, shopUrl: string) => readCookie(request, shopUrl, DANCE.name);
export const danceCookie = (token: string, shopUrl: string) => setCookie(DANCE, token, shopUrl);
export const clearedDanceCookie = (shopUrl: string) => clearCookie(DANCE.name, shopUrl);

export const readLink = (request: Request, shopUrl: string) => readCookie(request, shopUrl, LINK.name);
export const linkCookie = (token: string, shopUrl: string) => setCookie(LINK, token, shopUrl);
export const clearedLinkCookie = (shopUrl: string) => clearCookie(LINK.name, shopUrl);
