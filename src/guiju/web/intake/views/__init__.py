"""Pages of recommending bodies, of the examining office, and the link by which departments answer."""
