import { shortName } from './short-name.ts';

/** The tags of a copy of a task definition: what it is a copy of, as `family:revision`, and for which incident and order. */
export const copyTags = { of: 'paramedic.copy-of', for: 'paramedic.copied-for' } as const;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html */
const longestValue = 256;

type Copied = {
  readonly original: string;
  readonly for: { readonly incidentId: string; readonly orderId: string };
};

/** The tags that a copy gets. */
export const tagsOfCopy = ({ original, for: { incidentId, orderId } }: Copied): Readonly<Record<string, string>> => ({
  [copyTags.of]: shortName(original).slice(-longestValue),
  [copyTags.for]: `${incidentId}/${orderId}`,
});

/** The ARN of what a task definition is a copy of, which is in the same family; null when it is none. */
export function copiedFrom(arn: string, tags: Readonly<Record<string, string>>): string | null {
  const revision = /:(\d+)$/.exec(tags[copyTags.of] ?? '')?.[1];
  return revision === undefined ? null : arn.replace(/:\d+$/, `:${revision}`);
}

/** Was it made for that incident, by whichever of its orders? */
export const wasCopiedFor = (incidentId: string, tags: Readonly<Record<string, string>>): boolean =>
  tags[copyTags.for]?.split('/')[0] === incidentId;
