/** Reads Protocol Buffers without a schema: the fields of a message by their numbers, each as often as it came. */
export class Message {
  readonly #fields = new Map<number, (bigint | Buffer)[]>();

  /** @throws RangeError when the bytes end early */
  constructor(bytes: Buffer) {
    let at = 0;
    const varint = () => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes.readUInt8(at);
        at += 1;
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const fixed = (length: number) => {
      at += length;
      if (at > bytes.length) throw new RangeError('the message ends early');
      return bytes.subarray(at - length, at);
    };
    while (at < bytes.length) {
      const key = Number(varint());
      const read = [
        varint,
        () => fixed(8),
        () => fixed(Number(varint())),
        undefined,
        undefined,
        () => fixed(4),
      ][key & 7];
      if (read === undefined) throw new RangeError(`no such type of field: ${key & 7}`);
      const known = this.#fields.get(key >> 3) ?? [];
      known.push(read());
      this.#fields.set(key >> 3, known);
    }
  }

  #all(field: number): readonly (bigint | Buffer)[] {
    return this.#fields.get(field) ?? [];
  }

  messages(field: number): Message[] {
    return this.#all(field).map((value) => new Message(Buffer.isBuffer(value) ? value : Buffer.alloc(0)));
  }

  /** Null where the field is not there. */
  bytes(field: number): Buffer | null {
    const value = this.#all(field)[0];
    return Buffer.isBuffer(value) ? value : null;
  }

  text(field: number): string | null {
    return this.bytes(field)?.toString('utf8') ?? null;
  }

  integer(field: number): number | null {
    const value = this.#all(field)[0];
    if (value === undefined) return null;
    return Number(typeof value === 'bigint' ? value : value.readBigUInt64LE());
  }

  double(field: number): number | null {
    return this.bytes(field)?.readDoubleLE() ?? null;
  }
}
