import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type HttpStandIn, startHttpStandIn } from '../testing/index.ts';
import { createOutsideApi } from './outside-api.ts';

let standIn: HttpStandIn;
beforeAll(async () => {
  standIn = await startHttpStandIn(() => ({ status: 200, body: { ok: true } }));
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.requests.length = 0;
});

const REST_MS = 120;
const lines: string[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });

const api = (more: { budgetMs?: number; baseUrl?: string } = {}) =>
  createOutsideApi(
    {
      ...{ name: 'carrier', baseUrl: standIn.url, headers: { 'x-key': 'k' }, budgetMs: 400, restMs: REST_MS },
      codeOf: (body) => z.object({ code: z.string() }).safeParse(body).data?.code ?? null,
      ...more,
    },
    logger,
  );
const ask = (from: ReturnType<typeof api>, isSafe = true) =>
  from.call({ method: 'POST', path: '/quote', body: {}, answer: z.object({ ok: z.boolean() }), isSafe });
const away = (code: string) => ({ name: 'OutsideError', kind: 'away', code });

describe('a call', () => {
  test('answers, and tries again what failed fast', async () => {
    standIn.fail({ kind: 'status', status: 503 }, { kind: 'hang-up' });
    expect(await ask(api())).toEqual({ ok: true });
    expect(standIn.requests).toHaveLength(3);
  });

  test('is made once where twice would do harm', async () => {
    standIn.fail({ kind: 'status', status: 500 });
    await expect(ask(api(), false)).rejects.toMatchObject(away('http_500'));
    expect(standIn.requests).toHaveLength(1);
  });

  test('takes no longer than its budget', async () => {
    standIn.fail({ kind: 'slow', ms: 5_000 });
    const begun = performance.now();
    await expect(ask(api())).rejects.toMatchObject(away('timeout'));
    expect(performance.now() - begun).toBeLessThan(700);
    expect(standIn.requests).toHaveLength(1);
  });

  test('is not tried again when refused, and tells the service’s own word for it', async () => {
    standIn.fail({ kind: 'status', status: 400, body: { code: 'MissingLine' } });
    await expect(ask(api())).rejects.toMatchObject({ kind: 'refused', status: 400, code: 'MissingLine' });
    expect(standIn.requests).toHaveLength(1);
  });

  test('takes nonsense for an absence', async () => {
    standIn.fail({ kind: 'malformed' }, { kind: 'malformed' }, { kind: 'malformed' });
    await expect(ask(api())).rejects.toMatchObject(away('malformed'));
    standIn.fail({ kind: 'status', status: 200, body: { ok: 'yes' } });
    await expect(ask(api(), false)).rejects.toMatchObject(away('malformed'));
    await expect(ask(api({ baseUrl: 'http://127.0.0.1:9' }))).rejects.toMatchObject(away('unreachable'));
  });
});

describe('the breaker', () => {
  test('leaves a failing service alone, tries it again after a rest, and closes when it answers', async () => {
    const carrier = api();
    for (let count = 0; count < 5; count += 1) {
      standIn.fail({ kind: 'status', status: 429 });
      await expect(ask(carrier, false)).rejects.toMatchObject(away('http_429'));
    }
    expect(carrier.state()).toBe('resting');
    await expect(ask(carrier)).rejects.toMatchObject(away('resting'));
    expect(standIn.requests).toHaveLength(5);

    await new Promise((resolve) => setTimeout(resolve, REST_MS + 30));
    standIn.fail({ kind: 'status', status: 500 });
    await expect(ask(carrier, false)).rejects.toMatchObject(away('http_500'));
    await expect(ask(carrier, false)).rejects.toMatchObject(away('resting'));

    await new Promise((resolve) => setTimeout(resolve, REST_MS + 30));
    expect(await ask(carrier)).toEqual({ ok: true });
    expect(await ask(carrier)).toEqual({ ok: true });
    expect(carrier.state()).toBe('up');
    expect(lines.join('')).toMatch(/left alone[\s\S]*is back/);
  });

  test('does not mind refusals', async () => {
    const carrier = api();
    for (let count = 0; count < 8; count += 1) {
      standIn.fail({ kind: 'status', status: 422 });
      await expect(ask(carrier)).rejects.toMatchObject({ kind: 'refused', code: 'http_422' });
    }
    expect(carrier.state()).toBe('up');
  });
});
