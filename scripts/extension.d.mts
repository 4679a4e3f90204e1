export function extensionReadme(folder: string): string;
export function extensionWords(folder: string): string[];
