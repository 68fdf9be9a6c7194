import type { Logger } from 'pino';
import { z } from 'zod';
import { type AvalaraConfig, createOutsideApi, type OutsideApi, type ShippoConfig } from '../kernel/index.ts';

const avalaraError = z.object({ error: z.object({ code: z.string() }) });

/** The way to Shippo; null when it is off. */
export function createShippo(config: ShippoConfig | null, logger: Logger): OutsideApi | null {
  if (config === null) return null;
  return createOutsideApi(
    {
      name: 'shippo',
      baseUrl: config.apiBase,
      headers: {
        authorization: `ShippoToken ${config.apiToken}`,
        'shippo-api-version': '2018-02-08',
      },
      budgetMs: config.timeoutMs,
      // Its errors are sentences, which may repeat the address.
      codeOf: () => null,
    },
    logger,
  );
}

/** The way to Avalara's AvaTax; null when it is off. */
export function createAvalara(config: AvalaraConfig | null, logger: Logger): OutsideApi | null {
  if (config === null) return null;
  const credentials = Buffer.from(`${config.accountId}:${config.licenseKey}`).toString('base64');
  return createOutsideApi(
    {
      name: 'avalara',
      baseUrl: config.apiBase,
      headers: { authorization: `Basic ${credentials}`, 'x-avalara-client': 'Souk; 1.0; Custom; 1.0; souk' },
      budgetMs: config.timeoutMs,
      codeOf: (body) => avalaraError.safeParse(body).data?.error.code ?? null,
    },
    logger,
  );
}
