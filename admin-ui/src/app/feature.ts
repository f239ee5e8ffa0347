import type { SvgIcon } from '@mui/material';
import type { ComponentType } from 'react';
import type { ModelIndex } from '../models/model-descriptor.js';
import type { Session } from '../session/session.js';
import type { TextKey } from '../texts/use-text.js';

/** Who the menu is drawn for. */
export interface Visitor {
  readonly session: Session;
  readonly index: ModelIndex;
}

/** Where a page is found in the menu, beside the models. */
export interface MenuEntry {
  readonly text: TextKey;
  readonly Icon: typeof SvgIcon;
  isFor(visitor: Visitor): boolean;
}

/** A page of the admin. Its folder in `features/` has all that belongs to it; `features/index.ts` names it. */
export interface Feature {
  /**
   * Address behind the `#`. Those of records begin with the name of an app; no app is called `meta` or `auth`, so what
   * begins with these is free.
   */
  readonly path: string;
  /** Loaded when somebody goes there. */
  readonly Page: ComponentType;
  /** False where the page stands alone and is there for who is not signed in. Default true. */
  readonly hasLayout?: boolean;
  readonly menu?: MenuEntry;
}
