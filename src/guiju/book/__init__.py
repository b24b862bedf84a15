"""The library as pages: each policy with clause, rule and cases side by side, each chart drawn and told, all policies
compared, the dictionary. A page is a body; the frame is the static book's or the site's."""
