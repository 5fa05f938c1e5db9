/** What a run has shown so far, in order, with what it printed in between: as a notebook has it below a cell. */

import { bundleOf, charactersOf, type Bundle } from "./bundle";
import { afterPrinting, NOTHING_PRINTED, plain, type Printed } from "./printed";
import type { DisplayEvent } from "./wire.gen";

export type Item =
  | { readonly kind: "printed"; readonly key: number; readonly text: string }
  | {
      readonly kind: "shown";
      readonly key: number;
      /** Counted from 1 among what was shown. */
      readonly number: number;
      readonly displayId: string | null;
      readonly bundle: Bundle;
    };

export interface Feed {
  readonly items: readonly Item[];
  /** Since the last thing that was shown. */
  readonly printed: Printed;
  readonly shown: number;
  readonly characters: number;
  /** Things that were not kept, because there were too many or they were too large. */
  readonly dropped: number;
}

export const EMPTY: Feed = { items: [], printed: NOTHING_PRINTED, shown: 0, characters: 0, dropped: 0 };

/** The server keeps to these as well (`limits.py`); base64 makes four characters of three bytes. */
const MOST_SHOWN = 200;
const MOST_CHARACTERS = 24 << 20;

export function withPrinted(feed: Feed, text: string): Feed {
  return { ...feed, printed: afterPrinting(feed.printed, text) };
}

export function withShown(feed: Feed, event: Pick<DisplayEvent, "bundle" | "display_id" | "update_of">): Feed {
  const bundle = bundleOf(event.bundle);
  if (bundle === null) return { ...feed, dropped: feed.dropped + 1 };
  const old = earlier(feed, event.update_of);
  const characters = feed.characters + charactersOf(bundle) - (old === undefined ? 0 : charactersOf(old.bundle));
  if (characters > MOST_CHARACTERS || (old === undefined && feed.shown >= MOST_SHOWN))
    return { ...feed, dropped: feed.dropped + 1 };
  if (old !== undefined) {
    const items = feed.items.map((item) => (item === old ? { ...old, bundle } : item));
    return { ...feed, items, characters };
  }
  const number = feed.shown + 1;
  const before = itemsOf(feed);
  const key = before.length;
  const item: Item = { kind: "shown", key, number, displayId: event.display_id ?? event.update_of, bundle };
  return { ...feed, items: [...before, item], printed: NOTHING_PRINTED, shown: number, characters };
}

function earlier(feed: Feed, id: string | null): Extract<Item, { kind: "shown" }> | undefined {
  if (id === null) return undefined;
  for (const item of feed.items) if (item.kind === "shown" && item.displayId === id) return item;
  return undefined;
}

/** All that is to be seen, what was printed last included. */
export function itemsOf(feed: Feed): readonly Item[] {
  const text = plain(feed.printed);
  if (text === "") return feed.items;
  return [...feed.items, { kind: "printed", key: feed.items.length, text }];
}
