import ChevronLeft from '@mui/icons-material/ChevronLeft';
import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';

interface TrailProps {
  readonly to: string;
  readonly children: string;
}

/** The way back to where a page belongs. */
export const Trail = ({ to, children }: TrailProps) => (
  <Link
    component={RouterLink}
    to={to}
    underline="hover"
    color="text.secondary"
    sx={{ display: 'inline-flex', alignItems: 'center', mb: 0.5, ml: -0.5 }}
  >
    <ChevronLeft fontSize="small" />
    {children}
  </Link>
);
