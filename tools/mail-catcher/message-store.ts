import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Address } from 'postal-mime';

/** A mail as the mailbox page shows it. */
export interface CaughtMail {
  /** sorts by arrival */
  id: string;
  from: string;
  to: string[];
  subject: string;
  /** with its angle brackets; the same for each copy of one mail */
  messageId: string;
  /** when it arrived, ISO 8601 */
  date: string;
  text: string;
  html: string;
}

export interface MessageStore {
  /** keeps one message, as it came over the wire */
  add(raw: Buffer): Promise<string>;
  /** all messages, newest first */
  list(): Promise<CaughtMail[]>;
  get(id: string): Promise<CaughtMail | undefined>;
  clear(): Promise<void>;
}

const keptMessages = 500;

/** Messages as `.eml` files, which every mail program opens. */
export async function openMessageStore(directory: string): Promise<MessageStore> {
  await mkdir(directory, { recursive: true });
  let arrivals = 0;

  const newestFirst = async () => {
    const names = await readdir(directory);
    return names.filter((name) => name.endsWith('.eml')).sort((a, b) => (a < b ? 1 : -1));
  };
  const read = async (name: string): Promise<CaughtMail | undefined> => {
    const raw = await readFile(join(directory, name)).catch(() => undefined); // may be trimmed away meanwhile
    return raw && parse(name.replace(/\.eml$/, ''), raw);
  };

  return {
    async add(raw) {
      const id = `${new Date().toISOString().replaceAll(/[-:.]/g, '')}-${String(++arrivals).padStart(6, '0')}`;
      const draft = join(directory, `${id}.draft`);
      await writeFile(draft, raw);
      await rename(draft, join(directory, `${id}.eml`));
      const old = (await newestFirst()).slice(keptMessages);
      await Promise.all(old.map((name) => rm(join(directory, name), { force: true })));
      return id;
    },
    async list() {
      const mails = await Promise.all((await newestFirst()).map(read));
      return mails.filter((mail) => mail !== undefined);
    },
    async get(id) {
      const name = (await newestFirst()).find((candidate) => candidate === `${id}.eml`);
      return name === undefined ? undefined : read(name);
    },
    async clear() {
      await Promise.all((await newestFirst()).map((name) => rm(join(directory, name), { force: true })));
    },
  };
}

async function parse(id: string, raw: Buffer): Promise<CaughtMail> {
  const mail = await PostalMime.parse(raw);
  return {
    id,
    from: mail.from ? (addressesOf(mail.from)[0] ?? '') : '',
    to: (mail.to ?? []).flatMap(addressesOf),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    date: arrivalOf(id),
    text: mail.text ?? '',
    html: mail.html ?? '',
  };
}

function addressesOf(address: Address): string[] {
  if (address.group) return address.group.flatMap(addressesOf);
  return address.address ? [address.address] : [];
}

/** `20261121T101530123Z-…` back to ISO 8601. */
function arrivalOf(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/, '$1-$2-$3T$4:$5:$6.$7Z');
}
