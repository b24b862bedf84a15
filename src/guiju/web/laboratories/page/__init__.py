"""What the pages of laboratories show: the public ones, and those of the people who take part."""
