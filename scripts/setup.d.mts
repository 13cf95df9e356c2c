export function packagesAreInstalled(directory?: string): boolean;
