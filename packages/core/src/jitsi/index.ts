// The door of Jitsi's other files: what they set, and where it is written.
export { readEnvFile } from './env-file.js';
export { readHocon } from './hocon.js';
export { readConfigScript } from './script.js';
export { isServiceHost } from './service-host.js';
export type { JitsiSetting, JitsiSettings, Stretch } from './settings.js';
