"""The invented round: who takes part, and everything they did, each act by the site's own functions at its moment."""
