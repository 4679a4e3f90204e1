export { type HostLogin, hostLogin } from '@prosodist/machine';
