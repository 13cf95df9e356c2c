/** The domains of the bank. A new one is a folder and one line here. */
import { clients } from './clients/index.ts';
import type { Domain } from './kernel/domain.ts';

export const domains: readonly Domain[] = [clients];
