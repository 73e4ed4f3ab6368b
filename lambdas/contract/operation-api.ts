import { awsDomain } from './aws-domain.ts';
import { type Duration, inMillis } from './time.ts';

// The API through which people stop, approve and take back. AWS verifies each request's signature, and the routes' IAM
// authorization says who may ask (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html).

/** What may be asked, one route each, by duty: who may stop Paramedic is not who may approve. */
export const duties = {
  pause: ['pause', 'resume'],
  approve: ['approve', 'reject'],
  undo: ['undo'],
} as const;
export type Duty = keyof typeof duties;
export type RouteName = (typeof duties)[Duty][number];

export const dutyNames: readonly Duty[] = ['pause', 'approve', 'undo'];
export const routeNames: readonly RouteName[] = dutyNames.flatMap((duty) => duties[duty]);

export const dutyOf = (route: RouteName): Duty =>
  dutyNames.find((duty) => (duties[duty] as readonly RouteName[]).includes(route)) ?? 'pause';

/** As API Gateway calls a route, in events and settings. */
export const routeKey = (route: RouteName): string => `POST /${route}`;

/** The stage has a name: `$default` would put a `$` into the ARNs of policies, where it begins a variable. */
export const apiStage = 'live';

/** Where the routes are, without a slash at the end. */
export const apiAddress = (apiId: string, region: string): string =>
  `https://${apiId}.execute-api.${region}.${awsDomain(region)}/${apiStage}`;

/** A request has five short fields. */
export const longestBody = 4096;

/** Any version of UUID, in either case. */
export const requestUuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What lasts longer is no pause: it needs no end, and somebody who ends it. */
export const longestPause: Duration = { days: 30 };

const units: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' };

/** Reads how long a pause lasts, such as `2h`; `undefined` for anything that is no such length. */
export function pauseLength(text: string): Duration | undefined {
  const [, number = '', unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const name = units[unit];
  if (name === undefined || Number(number) === 0) return undefined;
  const length = { [name]: Number(number) } as unknown as Duration;
  return inMillis(length) <= inMillis(longestPause) ? length : undefined;
}

/** What `pauseLength` reads, in words. */
export const pauseLengthAllowed = 'a whole number of s, m, h or d, up to 30d, such as 30m or 2h';

/**
 * Lines for a shell that ask without a checkout: curl signs, with the credentials in the environment. They go to curl on its
 * standard input, so that no list of processes shows them; and each run is a request of its own.
 */
export const curlLines = (
  address: string,
  region: string,
  route: RouteName,
  fields: Readonly<Record<string, string>>,
): readonly string[] => [
  `curl -sSm 20 -K - ${address}/${route} \\`,
  `  --aws-sigv4 aws:amz:${region}:execute-api -H content-type:application/json \\`,
  `  -d '{"id":"'$(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid)'",${JSON.stringify(fields).slice(1)}' <<END`,
  'user=$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY',
  // curl would sign a header without a value, and not send it.
  `\${AWS_SESSION_TOKEN:+header=x-amz-security-token:$AWS_SESSION_TOKEN}`,
  'END',
];
