import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { PublishedSettings, SettingsReader } from '../../../lambdas/ports/sight.ts';

/** The configuration every service stack of the simulated account has published. */
export function publishedSettings(all: readonly ServiceSettings[]): SettingsReader {
  const byService = new Map(
    all.map((settings): [string, PublishedSettings] => [settings.id, { kind: 'valid', settings }]),
  );
  return { of: async (service) => byService.get(service) };
}
