import type { Changes, CopySpec } from '../../../lambdas/ports/changes.ts';

type Call = { readonly [K in keyof Changes]: readonly [K, ...Parameters<Changes[K]>] }[keyof Changes];

/** All changes to the world, none of them made: every call is written down with all its arguments. A copy is revision 99. */
export function recorder(): { readonly change: Changes; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const record = async (...call: Call): Promise<void> => {
    calls.push(call);
  };
  const register = async (copy: CopySpec): Promise<string> => {
    calls.push(['registerTaskDefinition', copy]);
    return copy.of.replace(/:\d+$/, ':99');
  };
  const change: Changes = {
    deregisterTargets: (...given) => record('deregisterTargets', ...given),
    registerTargets: (...given) => record('registerTargets', ...given),
    stopTask: (...given) => record('stopTask', ...given),
    forceNewDeployment: (...given) => record('forceNewDeployment', ...given),
    registerTaskDefinition: register,
    updateService: (...given) => record('updateService', ...given),
    stopServiceDeployment: (...given) => record('stopServiceDeployment', ...given),
  };
  return { change, calls };
}
