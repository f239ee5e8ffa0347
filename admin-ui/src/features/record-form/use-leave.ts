import { useNavigate } from 'react-router-dom';

/** How a form is left: for an address, or by closing the window that it stands in. */
export type Leave = string | (() => void);

export const useLeave = (leave: Leave): (() => void | Promise<void>) => {
  const navigate = useNavigate();
  return typeof leave === 'string' ? () => navigate(leave) : leave;
};
