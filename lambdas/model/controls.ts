import type { Instant } from '../contract/time.ts';

/** What people own, and no deployment touches. Absent or unreadable holds every change. */
export type Controls =
  | { readonly kind: 'running' }
  | {
      readonly kind: 'paused';
      readonly scope: 'everything' | 'service';
      readonly by: string;
      readonly why: string;
      readonly until: Instant | null;
    }
  | { readonly kind: 'unreadable'; readonly because: string };
