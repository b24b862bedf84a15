"""The site. Settings come from the environment (`environment`); apps build on one another as in `README.md`."""
