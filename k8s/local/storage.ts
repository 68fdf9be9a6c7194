import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from './kubectl.ts';
import { clusterDirectory } from './settings.ts';

/** How many volumes claims can have; nothing makes more on demand. */
const volumes = 6;

/**
 * Lays volumes out for claims: folders of this machine. All nodes see the same folders, so that a volume follows its pod to another node,
 * and several nodes may write to one.
 */
export async function createVolumes(): Promise<void> {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  const persistentVolumes = Array.from({ length: volumes }, (_, at) => {
    const path = join(clusterDirectory, 'volumes', String(at + 1));
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o777); // pods of several users mount them, and a host path knows no fsGroup
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `local-${at + 1}` },
      spec: {
        storageClassName: 'local',
        capacity: { storage: '20Gi' },
        accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        hostPath: { path, type: 'Directory' },
      },
    };
  });
  await apply(storageClass, ...persistentVolumes);
}
