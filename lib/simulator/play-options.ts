import type { Mode } from '../../lambdas/contract/settings.ts';

/** How a scenario is played. */
export type PlayOptions = {
  readonly seed: number;
  /** Instead of the services' own modes. */
  readonly mode?: Mode | undefined;
  /** `paramedic`, or one hypothesis, guardrail or action. */
  readonly without?: string | undefined;
};
