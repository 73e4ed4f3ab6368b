import { askJson } from '../ask.ts';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site } from './maker.ts';

const ask = <Answer = unknown>({ account }: Site, action: string, body: object) =>
  askJson<Answer>(account, cloudFormation, 'kms', `TrentService.${action}`, body);

const rotate = (site: Site, KeyId: string, { EnableKeyRotation }: Properties) =>
  ask(site, EnableKeyRotation === true ? 'EnableKeyRotation' : 'DisableKeyRotation', { KeyId });

/** AWS::KMS::Key: moto creates one whose policy is no text, on which its own API then fails. */
export const key: Maker = {
  create: async (properties, site) => {
    const { KeyPolicy, Description, Tags = [] } = properties;
    const tags = (Tags as readonly { readonly Key: string; readonly Value: string }[]).map(({ Key, Value }) => ({
      TagKey: Key,
      TagValue: Value,
    }));
    const { KeyMetadata } = await ask<{ readonly KeyMetadata: { readonly KeyId: string; readonly Arn: string } }>(
      site,
      'CreateKey',
      { Policy: JSON.stringify(KeyPolicy), Description, Tags: tags },
    );
    await rotate(site, KeyMetadata.KeyId, properties);
    return made(KeyMetadata.KeyId, { KeyId: KeyMetadata.KeyId, Arn: KeyMetadata.Arn });
  },
  update: async (properties, was, site) => {
    const { KeyPolicy, Description } = properties;
    await ask(site, 'PutKeyPolicy', { KeyId: was.ref, PolicyName: 'default', Policy: JSON.stringify(KeyPolicy) });
    await ask(site, 'UpdateKeyDescription', { KeyId: was.ref, Description });
    await rotate(site, was.ref, properties);
    return was;
  },
  identity: [],
  delete: async ({ ref }, _, site) => {
    await ask(site, 'ScheduleKeyDeletion', { KeyId: ref, PendingWindowInDays: 30 });
  },
};
