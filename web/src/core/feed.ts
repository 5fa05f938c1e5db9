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

/** The server keeps to these as well (`runner/room.py`); base64 makes four characters of three bytes. */
export const MOST_SHOWN = 200;
export const MOST_SHOWN_CHARACTERS = 24 << 20;

export function withPrinted(feed: Feed, text: string): Feed {
  return { ...feed, printed: afterPrinting(feed.printed, text) };
}

/**
 * As notebooks do it: an update takes the place of all that have its id, and so does what is shown anew under an id; that
 * stands at the end as well.
 */
export function withShown(feed: Feed, event: Pick<DisplayEvent, "bundle" | "display_id" | "update_of">): Feed {
  const bundle = bundleOf(event.bundle);
  if (bundle === null) return { ...feed, dropped: feed.dropped + 1 };
  const id = event.update_of ?? event.display_id;
  const updated = id === null ? [] : feed.items.filter((item) => item.kind === "shown" && item.displayId === id);
  const isNew = event.update_of === null || updated.length === 0;
  const size = charactersOf(bundle);
  const freed = updated.reduce((sum, item) => sum + (item.kind === "shown" ? charactersOf(item.bundle) : 0), 0);
  const characters = feed.characters + size * (updated.length + (isNew ? 1 : 0)) - freed;
  if (characters > MOST_SHOWN_CHARACTERS || (isNew && feed.shown >= MOST_SHOWN))
    return { ...feed, dropped: feed.dropped + 1 };
  const places = new Set(updated);
  const newer = (item: Item): Item => (places.has(item) && item.kind === "shown" ? { ...item, bundle } : item);
  if (!isNew) return { ...feed, items: feed.items.map(newer), characters };
  const number = feed.shown + 1;
  const before = itemsOf(feed).map(newer);
  const item: Item = { kind: "shown", key: before.length, number, displayId: id, bundle };
  return { ...feed, items: [...before, item], printed: NOTHING_PRINTED, shown: number, characters };
}

/** All that is to be seen, what was printed last included. */
export function itemsOf(feed: Feed): readonly Item[] {
  const text = plain(feed.printed);
  if (text === "") return feed.items;
  return [...feed.items, { kind: "printed", key: feed.items.length, text }];
}
