import type { ServiceSettings } from './settings.ts';

/** Where a service lives beside others, as all of them are told. */
export const placeOf = ({
  resources: { loadBalancer, cluster },
  dependsOn,
}: ServiceSettings): Pick<ServiceSettings['resources'], 'loadBalancer' | 'cluster'> &
  Pick<ServiceSettings, 'dependsOn'> => ({ loadBalancer, cluster, dependsOn });
