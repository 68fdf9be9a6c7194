import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({ PORT: '' })).toMatchObject({
      port: 3000,
      bffUrl: 'http://127.0.0.1:4000',
      shopUrl: 'http://localhost:3000',
      mailboxUrl: null,
    });
  });

  it('names every wrong variable', () => {
    const read = () => readConfig({ PORT: 'high', BFF_URL: 'ftp://x', LOG_LEVEL: 'loud' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT:[\s\S]*BFF_URL: expected a URL|LOG_LEVEL:/);
  });
});
