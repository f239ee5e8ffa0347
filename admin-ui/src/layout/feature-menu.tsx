import { FEATURES } from '../features/index.js';
import type { ModelIndex } from '../models/model-descriptor.js';
import { useSession } from '../session/use-session.js';
import { useText } from '../texts/use-text.js';
import { MenuLink } from './menu-link.js';
import { MenuSection } from './menu-section.js';

/** The pages that are not of records, as far as they are for whoever uses the admin. */
export const FeatureMenu = ({ index }: { readonly index: ModelIndex }) => {
  const text = useText();
  const session = useSession();
  const entries = FEATURES.flatMap(({ path, menu }) =>
    session !== undefined && menu?.isFor({ session, index }) ? [{ path, ...menu }] : [],
  );
  if (entries.length === 0) return null;
  return (
    <MenuSection title={text('menu.schema')}>
      {entries.map((entry) => (
        <MenuLink key={entry.path} to={entry.path} Icon={entry.Icon}>
          {text(entry.text)}
        </MenuLink>
      ))}
    </MenuSection>
  );
};
