import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../architecture/tree.ts';
import { anchors, links, pages, read } from './markdown.ts';

const isRelative = (link: string): boolean => !/^[a-z]+:/.test(link);

describe.each(pages())('%s', (page) => {
  const text = read(page);

  it.each(links(text).filter(isRelative))('links to something that is there: %s', (link) => {
    const [path = '', fragment] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), path));
    expect(existsSync(join(root, target)), `${target} does not exist`).toBe(true);
    if (fragment !== undefined) expect(anchors(read(target))).toContain(fragment);
  });

  it('has one title', () => {
    expect(text.match(/^# /gm)?.length).toBe(1);
  });
});
