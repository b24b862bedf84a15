"""Acts on laboratories. What the law asks is asked in `cases.domain`; what is kept beside cases is written here."""
