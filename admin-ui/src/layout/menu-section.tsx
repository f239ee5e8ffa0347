import { Box, List, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

interface MenuSectionProps {
  readonly title: string;
  /** {@link MenuLink}s */
  readonly children: ReactNode;
}

/** Lines of the menu that belong together. */
export const MenuSection = ({ title, children }: MenuSectionProps) => {
  const id = useId();
  return (
    <Box sx={{ mt: 1 }}>
      <Typography
        id={id}
        variant="body2"
        color="text.secondary"
        noWrap
        sx={{ px: 3, pt: 0.5, fontWeight: 600, fontSize: '0.8rem' }}
      >
        {title}
      </Typography>
      <List dense aria-labelledby={id} sx={{ px: 1, py: 0.5 }}>
        {children}
      </List>
    </Box>
  );
};
