export function tryLock(
  path: string,
): { release: () => void; holder?: undefined } | { release?: undefined; holder: number };
export function lock(path: string, onWait?: (holder: number) => void): Promise<() => void>;
