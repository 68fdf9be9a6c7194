/** What a manifest or a configuration file may hold. */
export type Manifest = { readonly [key: string]: unknown };

/** As a file for Kubernetes: JSON, which is YAML. */
export function stringify(...manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => `${JSON.stringify(manifest, null, 2)}\n`).join('---\n');
}
