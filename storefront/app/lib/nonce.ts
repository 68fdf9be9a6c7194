import { createContext } from 'react';

/** The nonce of the page being rendered; empty in the browser, which hides it anyway. */
export const NonceContext = createContext<string>('');
