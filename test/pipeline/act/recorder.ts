import type { Changes } from '../../../lambdas/ports/changes.ts';

type Call = { readonly [K in keyof Changes]: readonly [K, ...Parameters<Changes[K]>] }[keyof Changes];

/** All changes to the world, none of them made: every call is written down with all its arguments. */
export function recorder(): { readonly change: Changes; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const record = async (...call: Call): Promise<void> => {
    calls.push(call);
  };
  const change: Changes = {
    deregisterTargets: (...given) => record('deregisterTargets', ...given),
    registerTargets: (...given) => record('registerTargets', ...given),
    stopTask: (...given) => record('stopTask', ...given),
    forceNewDeployment: (...given) => record('forceNewDeployment', ...given),
    updateService: (...given) => record('updateService', ...given),
    stopServiceDeployment: (...given) => record('stopServiceDeployment', ...given),
  };
  return { change, calls };
}
